import type * as sdk from '@aws-sdk/client-ssm';
import { page } from './page';
import { Refusal } from './refusal';
import { Calendars, type CalendarDescription } from './ssm/calendar';
import { Commands } from './ssm/command';
import {
  describeRunbook,
  runbookFrom,
  schemaOf,
  showRunbook,
  versionOf,
  type Runbook,
  type RunbookDescription,
} from './ssm/document';
import { Automations } from './ssm/execution';
import { describeInstanceInformation } from './ssm/inventory';
import { OpsItems } from './ssm/ops-item';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;
type Nothing = Record<string, never>;

/** Systems Manager of one account: documents, their runs and commands, calendars, OpsItems, and the instances that it reaches. */
export class Ssm {
  /** Versions of each document by its name, in the order in which they were added. */
  readonly #runbooks = new Map<string, Runbook[]>();
  readonly #calendars = new Calendars();
  readonly #automations: Automations;
  readonly #commands: Commands;
  readonly #opsItems: OpsItems;

  constructor(private readonly account: SimulatedAccount) {
    this.#opsItems = new OpsItems(account);
    this.#commands = new Commands(account);
    this.#automations = new Automations(account, (parameters) => {
      this.#cure(parameters);
    });
  }

  readonly operations = {
    StartAutomationExecution: (
      input: sdk.StartAutomationExecutionRequest,
    ): Answer<sdk.StartAutomationExecutionCommandOutput> => {
      const runbook = this.#version(input.DocumentName, input.DocumentVersion, {
        document: 'AutomationDefinitionNotFoundException',
        version: 'AutomationDefinitionVersionNotFoundException',
      });
      if (runbook.type !== 'Automation') {
        throw new Refusal('AutomationDefinitionNotFoundException', `${runbook.name} is no Automation document.`);
      }
      return { AutomationExecutionId: this.#automations.start(runbook, input) };
    },
    GetAutomationExecution: ({
      AutomationExecutionId,
    }: sdk.GetAutomationExecutionRequest): Answer<sdk.GetAutomationExecutionCommandOutput> => {
      const run = this.#automations.find(AutomationExecutionId);
      return { AutomationExecution: { ...this.#automations.metadata(run), Parameters: run.parameters } };
    },
    DescribeAutomationExecutions: (
      input: sdk.DescribeAutomationExecutionsRequest,
    ): Answer<sdk.DescribeAutomationExecutionsCommandOutput> => this.#automations.describe(input),
    StopAutomationExecution: ({ AutomationExecutionId, Type }: sdk.StopAutomationExecutionRequest): Nothing => {
      if (Type === 'Complete') {
        throw new Refusal('NotSimulated', 'The simulated StopAutomationExecution knows the type Cancel only.', 501);
      }
      this.#automations.stop(AutomationExecutionId);
      return {};
    },
    SendCommand: (input: sdk.SendCommandRequest): Answer<sdk.SendCommandCommandOutput> =>
      this.#commands.send(this.#version(input.DocumentName, input.DocumentVersion), input),
    GetCommandInvocation: (input: sdk.GetCommandInvocationRequest): Answer<sdk.GetCommandInvocationCommandOutput> =>
      this.#commands.invocation(input),
    ListCommands: (input: sdk.ListCommandsRequest): Answer<sdk.ListCommandsCommandOutput> => this.#commands.list(input),
    DescribeDocument: (input: sdk.DescribeDocumentRequest): Answer<sdk.DescribeDocumentCommandOutput> => {
      const runbook = this.#version(input.Name, input.DocumentVersion);
      return { Document: describeRunbook(runbook, this.#versions(input.Name), input.Name ?? '') };
    },
    GetDocument: (input: sdk.GetDocumentRequest): Answer<sdk.GetDocumentCommandOutput> =>
      showRunbook(this.#version(input.Name, input.DocumentVersion), input.Name ?? ''),
    ListDocuments: (input: sdk.ListDocumentsRequest): Answer<sdk.ListDocumentsCommandOutput> => {
      if ((input.Filters ?? input.DocumentFilterList ?? []).length > 0) {
        throw new Refusal('NotSimulated', 'The simulated ListDocuments knows no filters.', 501);
      }
      const defaults = [...this.#runbooks.values()].flatMap((versions) => versionOf(versions) ?? []);
      const limit = Math.min(this.account.pageSize, input.MaxResults ?? 50);
      const { items, next } = page(defaults, limit, input.NextToken, 'InvalidNextToken');
      return {
        DocumentIdentifiers: items.map(({ name, owner, version, type }) => ({
          Name: name,
          Owner: owner,
          DocumentVersion: version,
          DocumentType: type,
          SchemaVersion: schemaOf[type],
        })),
        ...(next !== undefined && { NextToken: next }),
      };
    },
    GetCalendarState: (input: sdk.GetCalendarStateRequest): Answer<sdk.GetCalendarStateCommandOutput> =>
      this.#calendars.stateOf(input, this.account.clock.now()),
    CreateOpsItem: (input: sdk.CreateOpsItemRequest): Answer<sdk.CreateOpsItemCommandOutput> =>
      this.#opsItems.create(input),
    UpdateOpsItem: (input: sdk.UpdateOpsItemRequest): Nothing => {
      this.#opsItems.update(input);
      return {};
    },
    GetOpsItem: ({ OpsItemId }: sdk.GetOpsItemRequest): Answer<sdk.GetOpsItemCommandOutput> => ({
      OpsItem: { ...this.#opsItems.find(OpsItemId) },
    }),
    DescribeOpsItems: (input: sdk.DescribeOpsItemsRequest): Answer<sdk.DescribeOpsItemsCommandOutput> =>
      this.#opsItems.describe(input),
    DescribeInstanceInformation: (
      input: sdk.DescribeInstanceInformationRequest,
    ): Answer<sdk.DescribeInstanceInformationCommandOutput> => describeInstanceInformation(this.account, input),
    ListTagsForResource: ({
      ResourceType,
      ResourceId,
    }: sdk.ListTagsForResourceRequest): Answer<sdk.ListTagsForResourceCommandOutput> => {
      if (ResourceType === 'Automation') return { TagList: this.#automations.tagsOf(ResourceId) };
      throw new Refusal('InvalidResourceType', `Tags of ${String(ResourceType)} are not simulated.`);
    },
  };

  /** Adds a version of a document, or replaces that version. */
  addDocument(description: RunbookDescription): void {
    const runbook = runbookFrom(this.account, description);
    const versions = this.#runbooks.get(runbook.name) ?? [];
    const place = versions.findIndex(({ version }) => version === runbook.version);
    versions.splice(place < 0 ? versions.length : place, place < 0 ? 0 : 1, runbook);
    this.#runbooks.set(runbook.name, versions);
  }

  /** Adds a change calendar, or replaces the one of that name. */
  addCalendar(description: CalendarDescription): void {
    this.#calendars.add(description);
  }

  #versions(nameOrArn: string | undefined): readonly Runbook[] {
    const versions = this.#runbooks.get((nameOrArn ?? '').replace(/^arn:.*:document\//, '')) ?? [];
    return nameOrArn?.startsWith('arn:') ? versions.filter(({ arn }) => arn === nameOrArn) : versions;
  }

  #version(
    name: string | undefined,
    version: string | undefined,
    refusals = { document: 'InvalidDocument', version: 'InvalidDocumentVersion' },
  ): Runbook {
    const versions = this.#versions(name);
    if (versions.length === 0) {
      throw new Refusal(refusals.document, `Document with name ${name ?? ''} does not exist.`);
    }
    const found = versionOf(versions, version);
    if (found) return found;
    throw new Refusal(refusals.version, `Document ${name ?? ''} has no version ${version ?? ''}.`);
  }

  /** What a runbook that helps does to what it was pointed at. */
  #cure(parameters: Readonly<Record<string, string[]>>): void {
    const { ec2, rds } = this.account.services;
    for (const id of parameters['InstanceId'] ?? []) if (ec2.instance(id)) ec2.applyCure(id, 'runbook');
    for (const key of ['DBInstanceIdentifier', 'DBClusterIdentifier']) {
      for (const id of parameters[key] ?? []) if (rds.holds(id)) rds.applyCure(id, 'runbook');
    }
  }
}
