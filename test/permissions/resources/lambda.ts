import { arn, texts, type Arns } from './resource';

/** Also of a call that changes an alias: AWS asks about its function. */
const ofFunction: Arns = ({ FunctionName }) => texts(FunctionName).map((name) => arn('lambda', `function:${name}`));
const mapping: Arns = ({ UUID }) => texts(UUID).map((id) => arn('lambda', `event-source-mapping:${id}`));

/** What AWS asks IAM about for each operation on functions, aliases and event source mappings. */
export const resources: Readonly<Record<string, Arns>> = {
  'lambda:GetFunctionConcurrency': ofFunction,
  'lambda:PutFunctionConcurrency': ofFunction,
  'lambda:ListVersionsByFunction': ofFunction,
  'lambda:GetAlias': ofFunction,
  'lambda:UpdateAlias': ofFunction,
  'lambda:GetEventSourceMapping': mapping,
  'lambda:UpdateEventSourceMapping': mapping,
};
