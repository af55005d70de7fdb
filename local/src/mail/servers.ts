import { join } from 'node:path';
import type { MailServers } from '../providers/email/index.ts';
import { startSubmission } from '../providers/email/submission.ts';
import { createQueueSender } from '../queue-sender.ts';
import { steadyPorts } from '../steady-ports.ts';
import type { Plan } from '../template/resolve.ts';
import { certificateIn } from './certificate.ts';
import { startMailIntake } from './intake.ts';
import { createTopics } from './topics.ts';

/** This machine's mail: where businesses hand it in, and where it comes in for Parley, each on a loopback port of its own. */
export interface Mail {
  servers: MailServers;
  /** `smtp://127.0.0.1:port` */
  submissionUrl: string;
  inboundUrl: string;
  close(): Promise<void>;
}

export interface MailOptions {
  data: string;
  plan: Pick<Plan, 'mailRules' | 'subscriptions'>;
  /** endpoint of SQS and of S3 */
  servicesUrl: string;
  /** where the pretend mail provider is steered */
  base: string;
}

/** Ports and certificate are the same from start to start: accounts keep them. */
export async function startMail({ data, plan, servicesUrl, base }: MailOptions): Promise<Mail> {
  const ports = steadyPorts(join(data, 'mail-ports.json'));
  const certificate = await certificateIn(join(data, 'mail-certificate.json'));
  const queueSender = createQueueSender(servicesUrl);
  const publish = createTopics(plan.subscriptions, queueSender.send);
  const { mailRules: rules } = plan;
  const intake = { rules, bucketsUrl: servicesUrl, publish, certificate };
  const [submission, inbound] = await Promise.all([
    startSubmission(certificate, await ports.of('submission')),
    startMailIntake({ ...intake, port: await ports.of('inbound') }),
  ]);
  const [submissionUrl, inboundUrl] = [urlOf(submission.port), urlOf(inbound.port)];
  ports.keep({ submission: submissionUrl, inbound: inboundUrl });
  return {
    servers: { submission, inboundPort: inbound.port, base },
    submissionUrl,
    inboundUrl,
    async close() {
      await Promise.all([submission.close(), inbound.close()]);
      queueSender.close();
    },
  };
}

function urlOf(port: number): string {
  return `smtp://127.0.0.1:${port}`;
}
