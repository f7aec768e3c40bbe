import { listed, type Disagreement } from '../disagreement';

/** Runbooks, calendars and OpsItems of Systems Manager. */
export const aboutAutomation: readonly Disagreement[] = [
  ...listed(['moto', 'ministack'], 'it has no OpsItems', [
    ['ssm:CreateOpsItem', 'an OpsItem has an id'],
    ['ssm:CreateOpsItem', 'one more under the same string for deduplication is refused, and the error names the first'],
    ['ssm:CreateOpsItem', 'one more is created once the first is resolved'],
    ['ssm:UpdateOpsItem', 'an OpsItem that does not exist is an error'],
    ['ssm:DescribeOpsItems', 'an OpsItem is found by its status and its own operational data'],
  ]),
  ...listed('moto', 'it keeps documents, and runs no automation', [
    ['ssm:StartAutomationExecution', 'a document that does not exist is an error'],
    ['ssm:StartAutomationExecution', 'a run has an id'],
    ['ssm:StartAutomationExecution', 'a token that was taken before is refused'],
    ['ssm:GetAutomationExecution', 'a run that does not exist is an error'],
    ['ssm:GetAutomationExecution', 'a run ends in success'],
    ['ssm:DescribeAutomationExecutions', 'the runs of a runbook are found by its name'],
    ['ssm:GetCalendarState', 'a calendar that does not exist is an error'],
  ]),
  ...listed('ministack', 'it has parameters of Systems Manager only: no documents, no automation', [
    ['ssm:DescribeDocument', 'a document that does not exist is an error'],
    ['ssm:DescribeDocument', 'a runbook tells its type and its parameters'],
    ['ssm:StartAutomationExecution', 'a document that does not exist is an error'],
    ['ssm:StartAutomationExecution', 'a run has an id'],
    ['ssm:StartAutomationExecution', 'a token that was taken before is refused'],
    ['ssm:GetAutomationExecution', 'a run that does not exist is an error'],
    ['ssm:GetAutomationExecution', 'a run ends in success'],
    ['ssm:DescribeAutomationExecutions', 'the runs of a runbook are found by its name'],
    ['ssm:GetCalendarState', 'a calendar that does not exist is an error'],
  ]),
];
