import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function as Lambda,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { numberSetting, wordSetting } from './settings.ts';

export interface LambdaFunctionProps {
  bundles: Bundles;
  /** folder under lambdas/ */
  code: string;
  /** name in logs and metrics; the code's name unless several functions share the code */
  name?: string;
  timeout: Duration;
  /** MB; 512 unless it needs more */
  memory?: number;
}

/** Every function of Parley: its log group, its role with nothing but what was allowed, and its code with the shared layer. */
export class LambdaFunction extends Construct {
  readonly lambda: Lambda;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const name = props.name ?? props.code;
    const logGroup = this.#logGroup(name);
    this.role = this.#role(logGroup);
    this.lambda = new Lambda(this, 'Function', {
      ...common,
      ...reserved(this, name),
      applicationLogLevelV2: ApplicationLogLevel[wordSetting(this, 'logLevel', ['INFO', 'DEBUG'])],
      ...(props.memory === undefined ? {} : { memorySize: props.memory }),
      description: `Parley ${name}`,
      code: props.bundles.code(props.code),
      layers: [props.bundles.layer],
      timeout: props.timeout,
      role: this.role,
      logGroup,
      environment: { POWERTOOLS_SERVICE_NAME: name, POWERTOOLS_METRICS_NAMESPACE: 'Parley' },
    });
  }

  /** Lets the function do these actions to these resources. Actions are whole names: no wildcard is accepted. */
  allow(
    actions: readonly string[],
    resources: string[],
    conditions: Record<string, Record<string, string>> = {},
  ): void {
    const wide = [...actions, ...resources].find((word) => word === '*' || word.endsWith(':*'));
    if (wide) throw new Error(`${this.node.path} may not be allowed '${wide}'`);
    this.role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [...actions], resources, conditions }));
  }

  tell(environment: Record<string, string>): void {
    for (const [name, value] of Object.entries(environment)) this.lambda.addEnvironment(name, value);
  }

  // Named, so that people find it. It goes with the stack: a name that stayed behind would be in the way of the next deployment.
  #logGroup(name: string): LogGroup {
    return new LogGroup(this, 'Logs', {
      logGroupName: `/parley/${Stack.of(this).stackName}/${name}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  // A role of our own: the one CDK makes has the managed policy AWSLambdaBasicExecutionRole, which may write to every log group.
  #role(logGroup: LogGroup): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    return role;
  }
}

const common = {
  runtime: Runtime.NODEJS_24_X,
  architecture: Architecture.ARM_64,
  handler: 'index.handler',
  memorySize: 512,
  loggingFormat: LoggingFormat.JSON,
  // START, END and REPORT lines of every invocation would be most of what is kept; their numbers are in the metrics
  systemLogLevelV2: SystemLogLevel.WARN,
  // No X-Ray: active tracing needs xray:PutTraceSegments and PutTelemetryRecords, which know no resource but '*', and no function
  // here may act on '*'. Lambda's default passes a trace header on and writes nothing; ids in the logs join a message's steps.
};

/** `-c reservedConcurrency:api=50` keeps 50 of the account's executions for the function `api` and allows it no more. */
function reserved(scope: Construct, name: string): { reservedConcurrentExecutions?: number } {
  const executions = numberSetting(scope, `reservedConcurrency:${name}`);
  return executions === undefined ? {} : { reservedConcurrentExecutions: executions };
}
