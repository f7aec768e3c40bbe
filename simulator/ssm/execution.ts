import type {
  AutomationExecution,
  AutomationExecutionFilter,
  AutomationExecutionFilterKey,
  AutomationExecutionMetadata,
  AutomationExecutionStatus,
  DescribeAutomationExecutionsRequest,
  DescribeAutomationExecutionsResult,
  StartAutomationExecutionRequest,
} from '@aws-sdk/client-ssm';
import type { Cancel } from '../clock';
import { page } from '../page';
import { Refusal } from '../refusal';
import { fillParameters, type Runbook } from './document';
import type { SimulatedAccount } from '../world';

interface Run {
  readonly id: string;
  readonly runbook: Runbook;
  readonly parameters: Record<string, string[]>;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly startedAt: number;
  endedAt: number | undefined;
  status: AutomationExecutionStatus;
  cancel: Cancel;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Runs of runbooks in one account. */
export class Automations {
  readonly #runs = new Map<string, Run>();
  /** Tokens of every start that was taken, lower-cased: SSM takes none twice. */
  readonly #tokens = new Set<string>();

  constructor(
    private readonly account: SimulatedAccount,
    /** Is told of every run that succeeds and cures, with what it was pointed at. */
    private readonly cured: (parameters: Readonly<Record<string, string[]>>) => void,
  ) {}

  /** Begins a run and answers its id. Refuses a token that isn't a UUID or was taken before, and parameters that don't fit. */
  start(runbook: Runbook, input: StartAutomationExecutionRequest): string {
    const token = input.ClientToken?.toLowerCase();
    if (token !== undefined && !uuid.test(token)) {
      throw new Refusal(
        'ValidationException',
        `ClientToken "${input.ClientToken ?? ''}" is not a UUID of 36 characters`,
      );
    }
    if (token !== undefined && this.#tokens.has(token)) {
      throw new Refusal('IdempotentParameterMismatch', `ClientToken ${token} has been used by another execution.`);
    }
    const parameters = fillParameters(runbook, input.Parameters ?? {}, 'InvalidAutomationExecutionParametersException');
    if (token !== undefined) this.#tokens.add(token);
    const digits = this.account.newId('', 32);
    const run: Run = {
      id: digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      runbook,
      parameters,
      tags: (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
      startedAt: this.account.clock.now(),
      endedAt: undefined,
      status: 'InProgress',
      cancel: this.account.clock.after(runbook.runsForSeconds * 1_000, () => {
        if (runbook.ends === 'Success' && runbook.cures) this.cured(parameters);
        this.#end(run, runbook.ends);
      }),
    };
    this.#runs.set(run.id, run);
    this.#tell(run);
    return run.id;
  }

  /** Cancels a run that is in progress: nothing more comes of it. */
  stop(id: string | undefined): void {
    const run = this.find(id);
    if (run.status !== 'InProgress') {
      throw new Refusal('InvalidAutomationStatusUpdateException', `Execution ${run.id} is ${run.status} already.`);
    }
    run.cancel();
    run.status = 'Cancelling';
    this.#tell(run);
    this.account.clock.after(5_000, () => {
      this.#end(run, 'Cancelled');
    });
  }

  find(id: string | undefined): Run {
    const run = this.#runs.get(id ?? '');
    if (run) return run;
    throw new Refusal('AutomationExecutionNotFoundException', `Automation execution ${id ?? ''} does not exist.`);
  }

  tagsOf(id: string | undefined): { Key: string; Value: string }[] {
    const run = this.#runs.get(id ?? '');
    if (!run) throw new Refusal('InvalidResourceId', `No automation execution ${id ?? ''}.`);
    return run.tags.map((tag) => ({ ...tag }));
  }

  /** Newest first, as SSM lists them. */
  describe(input: DescribeAutomationExecutionsRequest): DescribeAutomationExecutionsResult {
    const found = [...this.#runs.values()]
      .reverse()
      .filter((run) => (input.Filters ?? []).every((filter) => fits(run, filter)));
    const limit = Math.min(this.account.pageSize, input.MaxResults ?? 50);
    const { items, next } = page(found, limit, input.NextToken, 'InvalidNextToken');
    return {
      AutomationExecutionMetadataList: items.map((run) => this.metadata(run)),
      ...(next !== undefined && { NextToken: next }),
    };
  }

  /** The run as SSM shows it, in lists and alone. */
  metadata(run: Run): AutomationExecutionMetadata & AutomationExecution {
    const { ends } = run.runbook;
    const failed = run.endedAt !== undefined && run.status !== 'Success' && run.status === ends;
    return {
      AutomationExecutionId: run.id,
      DocumentName: run.runbook.name,
      DocumentVersion: run.runbook.version,
      AutomationExecutionStatus: run.status,
      ExecutionStartTime: new Date(run.startedAt),
      ...(run.endedAt !== undefined && { ExecutionEndTime: new Date(run.endedAt) }),
      ...(run.endedAt === undefined && { CurrentStepName: 'run', CurrentAction: 'aws:executeAwsApi' }),
      ...(failed && { FailureMessage: `Step run ended as ${ends}.` }),
      ExecutedBy: this.#executedBy(),
      Mode: 'Auto',
    };
  }

  #end(run: Run, status: AutomationExecutionStatus): void {
    run.status = status;
    run.endedAt = this.account.clock.now();
    this.#tell(run);
  }

  #tell({ id, runbook, status, startedAt, endedAt }: Run): void {
    const { account } = this;
    const resources = [
      account.arn('ssm', `automation-execution/${id}`),
      account.arn('ssm', `automation-definition/${runbook.name}:${runbook.version}`),
    ];
    account.bus.emit('aws.ssm', 'EC2 Automation Execution Status-change Notification', resources, {
      ExecutionId: id,
      Definition: runbook.name,
      DefinitionVersion: Number(runbook.version),
      Status: status,
      StartTime: inWords(startedAt),
      // Milliseconds that it took.
      ...(endedAt !== undefined && { EndTime: inWords(endedAt), Time: endedAt - startedAt }),
      ExecutedBy: this.#executedBy(),
    });
  }

  #executedBy(): string {
    return `arn:aws:sts::${this.account.id}:assumed-role/caller/simulated`;
  }
}

/** What SSM looks at for a key of a filter. */
const looksAt: Partial<Record<AutomationExecutionFilterKey, (run: Run, value: string) => boolean>> = {
  ExecutionId: (run, value) => run.id === value,
  DocumentNamePrefix: (run, value) => run.runbook.name.startsWith(value),
  ExecutionStatus: (run, value) => run.status === value,
  TagKey: (run, value) => run.tags.some(({ Key }) => Key === value),
};

function fits(run: Run, { Key, Values = [] }: AutomationExecutionFilter): boolean {
  const look = Key && looksAt[Key];
  // A filter that isn't known must not be taken for one that lets all pass.
  if (!look) throw new Refusal('InvalidFilterKey', `The filter key ${Key ?? ''} is not simulated.`);
  return Values.some((value) => look(run, value));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time as these events write it, in UTC: "Nov 29, 2016 7:43:20 PM". */
function inWords(milliseconds: number): string {
  const at = new Date(milliseconds);
  const hour = at.getUTCHours();
  const time = [hour % 12 || 12, ...[at.getUTCMinutes(), at.getUTCSeconds()].map((part) => `${part}`.padStart(2, '0'))];
  const day = `${months[at.getUTCMonth()] ?? ''} ${at.getUTCDate()}, ${at.getUTCFullYear()}`;
  return `${day} ${time.join(':')} ${hour < 12 ? 'AM' : 'PM'}`;
}
