import { CfnOutput, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AccountHealth } from './account-health.ts';
import { Admin } from './admin.ts';
import { Alarms } from './alarms.ts';
import { Broadcasts } from './broadcasts.ts';
import { Bundles } from './bundles.ts';
import { Channel, type ChannelPlan } from './channel.ts';
import { Dispatch } from './dispatch.ts';
import { HttpApi } from './http-api.ts';
import { Identity } from './identity.ts';
import { Mail } from './mail.ts';
import { Media } from './media.ts';
import { Projection } from './projection.ts';
import { Scheduling } from './scheduling.ts';
import { Storage } from './storage.ts';
import { WebSocketApi } from './websocket-api.ts';

export interface ParleyStackProps {
  /** the channels of this deployment */
  manifests: readonly ChannelPlan[];
  /** folder that holds layer/ and functions/, as the build wrote them */
  bundles: string;
}

/** The whole of Parley, in the order of the picture in docs/design.md. It holds no resource itself. */
export class ParleyStack extends Stack {
  constructor(scope: Construct, id: string, props: ParleyStackProps) {
    super(scope, id, {
      description: 'Parley: message management for a unified inbox',
      synthesizer: withoutParameters(),
    });
    const bundles = new Bundles(this, 'Bundles', props.bundles);
    const storage = new Storage(this, 'Storage');
    const identity = new Identity(this, 'Identity');

    // provider -> HTTP API -> webhook -> table; client -> HTTP API -> api -> table; sender <- queue
    const channels = props.manifests.map(
      (plan) => new Channel(this, `Channel-${plan.name}`, { plan, bundles, storage }),
    );
    const http = new HttpApi(this, 'HttpApi', { channels, bundles, storage, identity });

    // table -> stream -> dispatch -> send queues; media queue -> media -> bucket; EventBridge Scheduler -> scheduler -> table
    const media = new Media(this, 'Media', { bundles, storage });
    for (const { plan, webhook } of channels) if (plan.worksLater && webhook) media.grantLater(webhook);
    // Amazon SES, webhook -> bucket -> mail queue -> mail -> table
    const [mail] = channels
      .filter(({ plan }) => plan.mail)
      .map((channel) => new Mail(this, 'Mail', { channel, bundles, storage }));
    const scheduling = new Scheduling(this, 'Scheduling', { http, bundles, storage });
    // broadcast queue -> broadcast -> table; recipients and results <-> bucket
    const broadcasts = new Broadcasts(this, 'Broadcasts', { http, bundles, storage });
    new Dispatch(this, 'Dispatch', { broadcasts, channels, media, scheduling, bundles, storage });

    // table -> stream -> project -> open sockets of inbox clients
    const sockets = new WebSocketApi(this, 'WebSocketApi', { bundles, storage, identity });
    new Projection(this, 'Projection', { sockets, media, bundles, storage });

    // EventBridge Scheduler -> health -> providers
    new AccountHealth(this, 'AccountHealth', { http, bundles, storage });

    // people -> admin -> table, users
    new Admin(this, 'Admin', { identity, media, mail, bundles, storage });

    new Alarms(this, 'Alarms', { http });
    new CfnOutput(this, 'HttpUrl', { value: http.url });
    new CfnOutput(this, 'RealtimeUrl', { value: sockets.url });
  }
}

// `cdk deploy` checks the bootstrap version itself; without this rule the template has no parameters. The library's own types do
// not agree under exactOptionalPropertyTypes, hence the assertion.
function withoutParameters(): IStackSynthesizer {
  return new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
}
