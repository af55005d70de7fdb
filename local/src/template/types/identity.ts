import { ACCOUNT, arn, generatedName, nameFrom, stableId, type Declared, type ResourceType } from './resource-type.ts';

function keyId(key: Declared): string {
  return stableId(key, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const key: ResourceType = {
  ref: keyId,
  attributes: { Arn: (resource) => arn('kms', `key/${keyId(resource)}`), KeyId: keyId },
};

const poolId = (pool: Declared) => `us-east-1_${stableId(pool, 9)}`;

const userPool: ResourceType = {
  ref: poolId,
  attributes: {
    Arn: (resource) => arn('cognito-idp', `userpool/${poolId(resource)}`),
    ProviderName: (resource) => `cognito-idp.us-east-1.amazonaws.com/${poolId(resource)}`,
    ProviderURL: (resource) => `${resource.live.userPools}/${poolId(resource)}`,
    UserPoolId: poolId,
  },
};

const clientId = (client: Declared) => stableId(client, 26);

const roleName = nameFrom('RoleName');

const role: ResourceType = {
  ref: roleName,
  attributes: {
    Arn: (resource) => `arn:aws:iam::${ACCOUNT}:role/${roleName(resource)}`,
    RoleId: (resource) => stableId(resource, 21),
  },
};

export const identityTypes = {
  'AWS::KMS::Key': key,
  'AWS::KMS::Alias': { ref: nameFrom('AliasName') },
  'AWS::Cognito::UserPool': userPool,
  'AWS::Cognito::UserPoolClient': { ref: clientId, attributes: { ClientId: clientId, Name: nameFrom('ClientName') } },
  'AWS::IAM::Role': role,
  'AWS::IAM::ManagedPolicy': {
    ref: (resource: Declared) => `arn:aws:iam::${ACCOUNT}:policy/${generatedName(resource)}`,
  },
};
