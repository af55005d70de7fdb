import type { ChannelAccount } from '../domain/channel-account.ts';

/** The metric that the alarm of accounts watches: `infra/health.ts`. */
export const METRIC = { namespace: 'Parley', name: 'AccountsNeedingReauth' };

/**
 * Tells the operators that an account has to be connected again: a line in the log that CloudWatch reads a metric off.
 * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function alertNeedsReauth({ organizationId, id, channel }: ChannelAccount, code: string): void {
  const CloudWatchMetrics = [
    { Namespace: METRIC.namespace, Dimensions: [[]], Metrics: [{ Name: METRIC.name, Unit: 'Count' }] },
  ];
  const line = {
    level: 'WARN',
    message: 'account needs reauth',
    organization: organizationId,
    account: id,
    channel,
    code,
    _aws: { Timestamp: Date.now(), CloudWatchMetrics },
    [METRIC.name]: 1,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
