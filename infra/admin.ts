import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import type { Identity } from './identity.ts';
import type { Mail } from './mail.ts';
import type { Media } from './media.ts';
import type { Storage } from './storage.ts';

export interface AdminProps {
  identity: Identity;
  media: Media;
  /** where there is a channel whose messages are mail */
  mail: Mail | undefined;
  bundles: Bundles;
  storage: Storage;
}

/**
 * Makes organizations, keys and users, and tries again what was set aside. Nothing invokes it but people with the permission to:
 * `aws lambda invoke`.
 */
export class Admin extends Construct {
  constructor(scope: Construct, id: string, { identity, media, mail, bundles, storage }: AdminProps) {
    super(scope, id);
    // the command line waits for a minute, unless it is told otherwise
    const fn = new LambdaFunction(this, 'Admin', { bundles, code: 'admin', timeout: Duration.seconds(55) });
    // what was set aside is written as its webhook would have been
    storage.grantItems(fn, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
    storage.grantCredentialKey(fn, 'Encrypt', 'Decrypt');
    media.grantLater(fn);
    mail?.grantKeep(fn);
    identity.grantUsers(fn);
    new CfnOutput(this, 'FunctionName', { value: fn.lambda.functionName }).overrideLogicalId('AdminFunction');
  }
}
