import {
  AccountRecovery,
  ClientAttributes,
  StringAttribute,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { LambdaFunction } from './function.ts';
import { textSetting } from './settings.ts';

/**
 * Who issues the tokens of people: a Cognito user pool, or with the setting `issuer` any OpenID Connect issuer
 * (then `audience` is needed too; `jwksUri` and `organizationClaim` have defaults).
 */
export class Identity extends Construct {
  readonly #environment: Record<string, string>;
  readonly #pool: UserPool | undefined;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const issuer = textSetting(this, 'issuer');
    if (issuer === undefined) {
      this.#pool = userPool(this);
      this.#environment = ownIssuer(this.#pool);
    } else this.#environment = foreignIssuer(this, issuer);
  }

  /** Lets `fn` look after the users, where they are ours. */
  grantUsers(fn: LambdaFunction): void {
    const { ISSUER = '', ORGANIZATION_CLAIM = '' } = this.#environment;
    fn.tell({ ISSUER, ORGANIZATION_CLAIM });
    if (!this.#pool) return;
    fn.allow(userActions, [this.#pool.userPoolArn]);
    fn.tell({ USER_POOL_ID: this.#pool.userPoolId });
  }

  /** Tells `fn` which tokens to trust and which claim names the organization. */
  tell(fn: LambdaFunction): void {
    fn.tell(this.#environment);
  }
}

const organization = 'organization_id';

const userActions = ['AdminCreateUser', 'AdminGetUser', 'AdminSetUserPassword', 'AdminDeleteUser', 'ListUsers'].map(
  (action) => `cognito-idp:${action}`,
);

function foreignIssuer(scope: Construct, issuer: string): Record<string, string> {
  const audience = textSetting(scope, 'audience');
  if (audience === undefined) throw new Error(`Setting 'issuer' needs 'audience' beside it`);
  return {
    ISSUER: issuer,
    JWKS_URI: textSetting(scope, 'jwksUri') ?? `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
    AUDIENCE: audience,
    ORGANIZATION_CLAIM: textSetting(scope, 'organizationClaim') ?? organization,
  };
}

function ownIssuer(pool: UserPool): Record<string, string> {
  const client = userPoolClient(pool);
  return {
    ISSUER: pool.userPoolProviderUrl,
    JWKS_URI: `${pool.userPoolProviderUrl}/.well-known/jwks.json`,
    AUDIENCE: client.userPoolClientId,
    ORGANIZATION_CLAIM: `custom:${organization}`,
    USER_POOL_CLIENT_ID: client.userPoolClientId,
  };
}

function userPool(scope: Construct): UserPool {
  return new UserPool(scope, 'Users', {
    // an administrator creates a user and says whose organization it is
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    autoVerify: { email: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    passwordPolicy: { minLength: 12 },
    customAttributes: { [organization]: new StringAttribute({ minLen: 1, maxLen: 64, mutable: true }) },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function userPoolClient(pool: UserPool): UserPoolClient {
  const readable = new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true, fullname: true });
  return pool.addClient('Inbox', {
    authFlows: { userPassword: true },
    disableOAuth: true,
    generateSecret: false,
    preventUserExistenceErrors: true,
    readAttributes: readable.withCustomAttributes(organization),
    // not the organization: it decides whose messages a user sees, so no token of the user's may change it
    writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
  });
}
