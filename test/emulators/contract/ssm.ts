import { casesOf, refusal } from './case';
import type { Place } from './place';

const missing = '11112222-3333-4444-5555-666677778888';
const Parameters = { InstanceId: ['i-0123456789abcdef0'] };

const opsItem = {
  Title: 'An instance is sick',
  Description: 'i-0123456789abcdef0 fails its status check',
  Source: 'contract',
  OperationalData: {
    '/aws/dedup': { Type: 'SearchableString' as const, Value: JSON.stringify({ dedupString: 'one' }) },
    name: { Type: 'SearchableString' as const, Value: 'one' },
  },
};

async function start({ ssm, add }: Place, ClientToken?: string): Promise<string | undefined> {
  await add.runbook('heal');
  return (await ssm.startAutomationExecution({ DocumentName: 'heal', Parameters, ClientToken })).AutomationExecutionId;
}

export const ssmCases = casesOf([
  {
    operation: 'ssm:DescribeDocument',
    name: 'a document that does not exist is an error',
    agreed: { refused: 'InvalidDocument' },
    seen: ({ ssm }) => refusal(ssm.describeDocument({ Name: 'none' })),
  },
  {
    operation: 'ssm:DescribeDocument',
    name: 'a runbook tells its type and its parameters',
    agreed: { type: 'Automation', status: 'Active', parameters: ['InstanceId'] },
    seen: async ({ ssm, add }) => {
      await add.runbook('heal');
      const { Document } = await ssm.describeDocument({ Name: 'heal' });
      const parameters = Document?.Parameters?.map(({ Name }) => Name);
      return { type: Document?.DocumentType, status: Document?.Status, parameters };
    },
  },
  {
    operation: 'ssm:StartAutomationExecution',
    name: 'a document that does not exist is an error',
    agreed: { refused: 'AutomationDefinitionNotFoundException' },
    seen: ({ ssm }) => refusal(ssm.startAutomationExecution({ DocumentName: 'none' })),
  },
  {
    operation: 'ssm:StartAutomationExecution',
    name: 'a run has an id',
    agreed: true,
    seen: async (place) => /^[0-9a-f-]{36}$/.test((await start(place)) ?? ''),
  },
  {
    operation: 'ssm:StartAutomationExecution',
    name: 'a token that was taken before is refused',
    agreed: { refused: 'IdempotentParameterMismatch' },
    seen: async (place) => {
      await start(place, missing);
      const again = { DocumentName: 'heal', Parameters, ClientToken: missing };
      return refusal(place.ssm.startAutomationExecution(again));
    },
  },
  {
    operation: 'ssm:GetAutomationExecution',
    name: 'a run that does not exist is an error',
    agreed: { refused: 'AutomationExecutionNotFoundException' },
    seen: ({ ssm }) => refusal(ssm.getAutomationExecution({ AutomationExecutionId: missing })),
  },
  {
    operation: 'ssm:GetAutomationExecution',
    name: 'a run ends in success',
    agreed: { document: 'heal', status: 'Success' },
    seen: async (place) => {
      const AutomationExecutionId = await start(place);
      await place.settle();
      const { AutomationExecution: run } = await place.ssm.getAutomationExecution({ AutomationExecutionId });
      return { document: run?.DocumentName, status: run?.AutomationExecutionStatus };
    },
  },
  {
    operation: 'ssm:DescribeAutomationExecutions',
    name: 'the runs of a runbook are found by its name',
    agreed: ['heal'],
    seen: async (place) => {
      await start(place);
      const Filters = [{ Key: 'DocumentNamePrefix' as const, Values: ['heal'] }];
      const answer = await place.ssm.describeAutomationExecutions({ Filters });
      return answer.AutomationExecutionMetadataList?.map(({ DocumentName }) => DocumentName);
    },
  },
  {
    operation: 'ssm:GetCalendarState',
    name: 'a calendar that does not exist is an error',
    agreed: { refused: 'InvalidDocument' },
    seen: ({ ssm }) => refusal(ssm.getCalendarState({ CalendarNames: ['none'] })),
  },
  {
    operation: 'ssm:CreateOpsItem',
    name: 'an OpsItem has an id',
    agreed: true,
    seen: async ({ ssm }) => /^oi-[0-9a-f]{12}$/.test((await ssm.createOpsItem(opsItem)).OpsItemId ?? ''),
  },
  {
    operation: 'ssm:CreateOpsItem',
    name: 'one more under the same string for deduplication is refused, and the error names the first',
    agreed: { refused: 'OpsItemAlreadyExistsException', isFirst: true },
    seen: async ({ ssm }) => {
      const { OpsItemId } = await ssm.createOpsItem(opsItem);
      try {
        await ssm.createOpsItem(opsItem);
        return 'not refused';
      } catch (error) {
        const { name, OpsItemId: told } = error as { readonly name: string; readonly OpsItemId?: string };
        return { refused: name, isFirst: told === OpsItemId };
      }
    },
  },
  {
    operation: 'ssm:CreateOpsItem',
    name: 'one more is created once the first is resolved',
    agreed: 2,
    seen: async ({ ssm }) => {
      const { OpsItemId } = await ssm.createOpsItem(opsItem);
      await ssm.updateOpsItem({ OpsItemId, Status: 'Resolved' });
      return new Set([OpsItemId, (await ssm.createOpsItem(opsItem)).OpsItemId]).size;
    },
  },
  {
    operation: 'ssm:UpdateOpsItem',
    name: 'an OpsItem that does not exist is an error',
    agreed: { refused: 'OpsItemNotFoundException' },
    seen: ({ ssm }) => refusal(ssm.updateOpsItem({ OpsItemId: 'oi-000000000000', Status: 'Resolved' })),
  },
  {
    operation: 'ssm:DescribeOpsItems',
    name: 'an OpsItem is found by its status and its own operational data',
    agreed: { open: ['An instance is sick'], resolved: [], others: [] },
    seen: async ({ ssm }) => {
      await ssm.createOpsItem(opsItem);
      const found = async (status: string, value: string) => {
        const answer = await ssm.describeOpsItems({
          OpsItemFilters: [
            { Key: 'Status', Values: [status], Operator: 'Equal' },
            { Key: 'OperationalData', Values: [JSON.stringify({ key: 'name', value })], Operator: 'Equal' },
          ],
        });
        return (answer.OpsItemSummaries ?? []).map(({ Title }) => Title);
      };
      return {
        open: await found('Open', 'one'),
        resolved: await found('Resolved', 'one'),
        others: await found('Open', 'another'),
      };
    },
  },
]);
