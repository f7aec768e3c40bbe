import { arn, execution, texts, type Arns } from './resource';

/** What AWS asks IAM about for each of its operations. */
export const resources: Readonly<Record<string, Arns>> = {
  'ssm:DescribeDocument': ({ Name }) => texts(Name).map((name) => arn('ssm', `document/${name}`)),
  'ssm:GetAutomationExecution': ({ AutomationExecutionId }) =>
    texts(AutomationExecutionId).map((id) => arn('ssm', `automation-execution/${id}`)),
  'ssm:GetCalendarState': ({ CalendarNames }) => texts(CalendarNames).map((name) => arn('ssm', `document/${name}`)),
  'ssm:SendCommand': ({ DocumentName, InstanceIds }) => [
    ...texts(DocumentName).map((name) => arn('ssm', `document/${name}`)),
    ...texts(InstanceIds).map((id) => arn('ec2', `instance/${id}`)),
  ],
  'ssm:StartAutomationExecution': ({ DocumentName, DocumentVersion }) => [
    ...texts(DocumentName).map((name) => arn('ssm', `document/${name}`)),
    ...texts(DocumentName).map((name) =>
      arn('ssm', `automation-definition/${name}:${texts(DocumentVersion).join('')}`),
    ),
    arn('ssm', `automation-execution/${execution}`),
  ],
};
