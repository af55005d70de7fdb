import { generatedName, nameFrom, type Declared, type ResourceType } from './resource-type.ts';

const ruleSet: ResourceType = { ref: nameFrom('RuleSetName') };

function ruleName(rule: Declared): string {
  const { Name: name } = Object(rule.properties['Rule']) as { Name?: unknown };
  return typeof name === 'string' ? name : generatedName(rule);
}

export const mailTypes = {
  'AWS::SES::ReceiptRuleSet': ruleSet,
  'AWS::SES::ReceiptRule': { ref: ruleName },
  'AWS::SNS::Subscription': { ref: generatedName },
};
