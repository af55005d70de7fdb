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

const scheduleName = nameFrom('Name');

const schedule: ResourceType = {
  ref: scheduleName,
  attributes: {
    Arn: (resource) => {
      const group = resource.properties['GroupName'];
      return arn('scheduler', `schedule/${typeof group === 'string' ? group : 'default'}/${scheduleName(resource)}`);
    },
  },
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
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::CloudWatch::Alarm': alarm,
};
