import { arn, nameFrom, stableId, type Declared, type ResourceType } from './resource-type.ts';

const functionName = nameFrom('FunctionName');

const lambda: ResourceType = {
  ref: functionName,
  attributes: { Arn: (resource) => arn('lambda', `function:${functionName(resource)}`) },
};

const layerArn = (layer: Declared) => arn('lambda', `layer:${nameFrom('LayerName')(layer)}:1`);

const eventSourceMapping: ResourceType = {
  ref: (resource) => stableId(resource, 32),
  attributes: { Id: (resource) => stableId(resource, 32) },
};

const groupName = nameFrom('Name');

const scheduleGroup: ResourceType = {
  ref: groupName,
  attributes: { Arn: (resource) => arn('scheduler', `schedule-group/${groupName(resource)}`) },
};

const logGroupName = nameFrom('LogGroupName');

const logGroup: ResourceType = {
  ref: logGroupName,
  attributes: { Arn: (resource) => `${arn('logs', `log-group:${logGroupName(resource)}`)}:*` },
};

const alarmName = nameFrom('AlarmName');

const alarm: ResourceType = {
  ref: alarmName,
  attributes: { Arn: (resource) => arn('cloudwatch', `alarm:${alarmName(resource)}`) },
};

export const computeTypes = {
  'AWS::Lambda::Function': lambda,
  'AWS::Lambda::LayerVersion': { ref: layerArn, attributes: { LayerVersionArn: layerArn } },
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Scheduler::ScheduleGroup': scheduleGroup,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::CloudWatch::Alarm': alarm,
};
