import * as z from 'zod/mini';
import type { CorsConfiguration } from '../../http-api/cors.ts';
import type { HttpRoute } from '../../http-api/routes.ts';
import type { SocketRoute } from '../../websocket-api/route-selection.ts';
import type { Resource } from '../scope.ts';
import { fail, nameFromArn, ofType, parseProperties } from './parse.ts';

const apiSchema = z.looseObject({
  ProtocolType: z.enum(['HTTP', 'WEBSOCKET']),
  CorsConfiguration: z.optional(z.custom<CorsConfiguration>()),
  RouteSelectionExpression: z._default(z.string(), '$request.body.action'),
});
const routeSchema = z.looseObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z._default(z.literal('NONE', 'a route with an authorizer does not run on one machine'), 'NONE'),
  RouteResponseSelectionExpression: z.optional(z.string()),
});
const integrationSchema = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY', 'only function integrations run on one machine'),
  IntegrationUri: z.string(),
});
const stageSchema = z.looseObject({ ApiId: z.string(), StageName: z.string() });

export type HttpApiPlan = { id: string; stage: string; cors?: CorsConfiguration; routes: HttpRoute[] };
export type WebSocketApiPlan = { id: string; stage: string; routeSelectionExpression: string; routes: SocketRoute[] };

type RoutePlan = { key: string; functionName: string; responds: boolean };

export function planHttpApi(resources: readonly Resource[]): HttpApiPlan | undefined {
  const api = onlyApi(resources, 'HTTP');
  if (!api) return undefined;
  const cors = parseProperties(apiSchema, api).CorsConfiguration;
  const routes = routesOf(resources, api).map(({ key, functionName }) => {
    const [method = '', path = '$default'] = key === '$default' ? ['ANY'] : key.split(' ');
    return { method, path, functionName };
  });
  return { id: api.ref, stage: stageOf(resources, api), routes, ...(cors && { cors }) };
}

export function planWebSocketApi(resources: readonly Resource[]): WebSocketApiPlan | undefined {
  const api = onlyApi(resources, 'WEBSOCKET');
  if (!api) return undefined;
  const routeSelectionExpression = parseProperties(apiSchema, api).RouteSelectionExpression;
  return { id: api.ref, stage: stageOf(resources, api), routeSelectionExpression, routes: routesOf(resources, api) };
}

function onlyApi(resources: readonly Resource[], protocol: 'HTTP' | 'WEBSOCKET'): Resource | undefined {
  const apis = ofType(resources, 'AWS::ApiGatewayV2::Api');
  const [api, second] = apis.filter((each) => parseProperties(apiSchema, each).ProtocolType === protocol);
  if (second) fail(second, `one machine runs one ${protocol} API`);
  return api;
}

function routesOf(resources: readonly Resource[], api: Resource): RoutePlan[] {
  return ofType(resources, 'AWS::ApiGatewayV2::Route').flatMap((resource) => {
    const route = parseProperties(routeSchema, resource);
    if (route.ApiId !== api.ref) return [];
    const functionName = integratedFunction(resources, resource, route.Target);
    return { key: route.RouteKey, functionName, responds: route.RouteResponseSelectionExpression !== undefined };
  });
}

function integratedFunction(resources: readonly Resource[], route: Resource, target: string): string {
  const integrations = ofType(resources, 'AWS::ApiGatewayV2::Integration');
  const integration = integrations.find(({ ref }) => target === `integrations/${ref}`);
  if (!integration) return fail(route, `there is no integration ${target}`);
  const { IntegrationUri } = parseProperties(integrationSchema, integration);
  return nameFromArn(/functions\/(arn:.*)\/invocations$/.exec(IntegrationUri)?.[1] ?? IntegrationUri);
}

function stageOf(resources: readonly Resource[], api: Resource): string {
  const stages = ofType(resources, 'AWS::ApiGatewayV2::Stage').map((resource) =>
    parseProperties(stageSchema, resource),
  );
  const stage = stages.find(({ ApiId }) => ApiId === api.ref);
  return stage?.StageName ?? fail(api, 'the API has no stage');
}
