import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { LambdaFunction } from './function.ts';
import type { HttpApi } from './http-api.ts';
import { DeadLetterQueue, WorkQueue } from './queue.ts';
import { StreamReader } from './stream-reader.ts';

interface Watch {
  what: string;
  metric: Metric;
  /** rings from this value on */
  from: number;
}

/**
 * Watches every queue, function and stream reader that is in the stack when it is made, so none can be forgotten.
 * All alarms ring at one topic.
 */
export class Alarms extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { http }: { http: HttpApi }) {
    super(scope, id);
    this.#topic = new Topic(this, 'Topic', { displayName: 'Parley alarms' });
    for (const part of Stack.of(this).node.findAll()) {
      const watch = watchOf(part);
      if (watch) this.#ring(part.node.path.replaceAll('/', '-'), watch);
    }
    this.#ring('AccountsNeedingReauth', needingReauth());
    this.#ring('HttpApi', { what: 'HTTP API answers 5xx', metric: http.metricServerError(period), from: 1 });
    new CfnOutput(this, 'TopicArn', { value: this.#topic.topicArn }).overrideLogicalId('AlarmTopicArn');
  }

  #ring(id: string, { what, metric, from }: Watch): void {
    const alarm = metric.createAlarm(this, id, {
      alarmDescription: what,
      threshold: from,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}

const period = Duration.minutes(5);
const quarterHour = Duration.minutes(15);

function watchOf(part: unknown): Watch | undefined {
  if (part instanceof DeadLetterQueue) return somethingIn(part);
  if (part instanceof WorkQueue) return waitingIn(part);
  if (part instanceof StreamReader) return behind(part);
  if (part instanceof LambdaFunction) return failing(part);
  return undefined;
}

function somethingIn({ node, queue }: DeadLetterQueue): Watch {
  const metric = queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM });
  return { what: `${node.path}: work was given up`, metric, from: 1 };
}

function waitingIn({ node, queue }: WorkQueue): Watch {
  const metric = queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM });
  return { what: `${node.path}: work waits too long`, metric, from: quarterHour.toSeconds() };
}

// an expected failure is an answer, so every error is a surprise
function failing({ node, lambda }: LambdaFunction): Watch {
  return { what: `${node.path}: errors`, metric: lambda.metricErrors({ period, statistic: Stats.SUM }), from: 1 };
}

// the functions that find it out write the metric into their logs: layers/core/src/store/alert.ts
function needingReauth(): Watch {
  const metric = new Metric({ namespace: 'Parley', metricName: 'AccountsNeedingReauth', period, statistic: Stats.SUM });
  return { what: 'A channel account has to be connected again', metric, from: 1 };
}

function behind({ node, fn }: StreamReader): Watch {
  const metric = fn.lambda.metric('IteratorAge', { period, statistic: Stats.MAXIMUM });
  return { what: `${node.path}: is behind the table`, metric, from: quarterHour.toMilliseconds() };
}
