import { stableId, type Declared, type ResourceType } from './resource-type.ts';

const id = (resource: Declared) => stableId(resource, 10);
const isWebSocket = (resource: Declared) => resource.properties['ProtocolType'] === 'WEBSOCKET';

const api: ResourceType = {
  ref: id,
  attributes: {
    ApiId: id,
    ApiEndpoint: (resource) => (isWebSocket(resource) ? resource.live.webSocketApi : resource.live.httpApi),
  },
};

export const apiTypes = {
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Route': { ref: id },
  'AWS::ApiGatewayV2::Integration': { ref: id },
  'AWS::ApiGatewayV2::Authorizer': { ref: id, attributes: { AuthorizerId: id } },
  'AWS::ApiGatewayV2::Deployment': { ref: id, attributes: { DeploymentId: id } },
  'AWS::ApiGatewayV2::Stage': { ref: (resource: Declared) => String(resource.properties['StageName']) },
};

/**
 * Clients and functions reach an API by its host name on AWS, which a template puts together from the API's id; here the
 * same text leads to this machine: `https://` and `wss://` for a WebSocket API are its management and its clients' URL.
 */
export function localEndpoints(apis: readonly Declared[]): (text: string) => string {
  return (text) =>
    apis.reduce((result, resource) => {
      const host = `${id(resource)}.execute-api.us-east-1.amazonaws.com`;
      const { httpApi, webSocketApi, webSocketManagement } = resource.live;
      const https = isWebSocket(resource) ? webSocketManagement : httpApi;
      return result.replaceAll(`https://${host}`, https).replaceAll(`wss://${host}`, webSocketApi);
    }, text);
}
