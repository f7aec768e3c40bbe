import type * as sdk from '@aws-sdk/client-emr';
import { page } from '../page';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import { stepAnswer } from './answers';
import type { Cluster, Step } from './cluster';

const second = 1_000;
/** How long a step waits, and how long it runs. */
const waits = 10 * second;
const runs = 180 * second;

/** The most steps that ListSteps answers at once. */
const stepsOfPage = 50;

/** The steps of an account's clusters. */
export class Steps {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly cluster: (id: string | undefined) => Cluster,
  ) {}

  readonly operations = {
    DescribeStep: ({ ClusterId, StepId }: sdk.DescribeStepInput): sdk.DescribeStepOutput => {
      const found = this.cluster(ClusterId).steps.find(({ id }) => id === StepId);
      if (!found) throw new Refusal('InvalidRequestException', `Step id '${String(StepId)}' is not valid.`);
      return { Step: stepAnswer(found) };
    },
    ListSteps: ({ ClusterId, Marker }: sdk.ListStepsInput): sdk.ListStepsOutput => {
      const newestFirst = [...this.cluster(ClusterId).steps].reverse();
      const limit = Math.min(stepsOfPage, this.account.pageSize);
      const { items, next } = page(newestFirst, limit, Marker, 'InvalidRequestException');
      return { Steps: items.map((step) => ({ ...stepAnswer(step), ExecutionRoleArn: undefined })), Marker: next };
    },
    AddJobFlowSteps: ({ JobFlowId, Steps: added = [] }: sdk.AddJobFlowStepsInput): sdk.AddJobFlowStepsOutput => {
      const cluster = this.cluster(JobFlowId);
      if (cluster.state.startsWith('TERMINATED')) {
        throw new Refusal(
          'InvalidRequestException',
          'A job flow that is shutting down, terminated, or finished may not be modified.',
        );
      }
      return { StepIds: added.map((one) => this.#add(cluster, one).id) };
    },
  };

  /** The step fails, as if it had run until now. */
  fail(cluster: Cluster, id: string): void {
    const step = cluster.steps.find((one) => one.id === id);
    if (!step) throw new Error(`${cluster.id} has no step ${id}.`);
    this.#move(cluster, step, 'FAILED');
  }

  #add(cluster: Cluster, { Name = '', ActionOnFailure = 'CONTINUE', HadoopJarStep }: sdk.StepConfig): Step {
    const step: Step = {
      id: this.account.newId('s-', 13).toUpperCase().replace('S-', 's-'),
      name: Name,
      actionOnFailure: ActionOnFailure,
      config: {
        Jar: HadoopJarStep?.Jar ?? '',
        MainClass: HadoopJarStep?.MainClass,
        Properties: Object.fromEntries(
          (HadoopJarStep?.Properties ?? []).map(({ Key = '', Value = '' }) => [Key, Value]),
        ),
        Args: HadoopJarStep?.Args ?? [],
      },
      role: undefined,
      state: 'PENDING',
    };
    cluster.steps.push(step);
    this.#tell(cluster, step);
    this.account.clock.after(waits, () => {
      this.#move(cluster, step, 'RUNNING');
    });
    this.account.clock.after(waits + runs, () => {
      const fails = cluster.newStepsFail > 0;
      if (fails) cluster.newStepsFail -= 1;
      this.#move(cluster, step, fails ? 'FAILED' : 'COMPLETED');
    });
    return step;
  }

  #move(cluster: Cluster, step: Step, to: Step['state']): void {
    step.state = to;
    this.#tell(cluster, step);
  }

  #tell({ id: clusterId, name: clusterName }: Cluster, { id: stepId, name, state, actionOnFailure }: Step): void {
    this.account.bus.emit('aws.emr', 'EMR Step Status Change', [], {
      severity: state === 'FAILED' ? 'ERROR' : 'INFO',
      actionOnFailure,
      stepId,
      name,
      clusterId,
      state,
      message: `Step ${stepId} (${name}) in Amazon EMR cluster ${clusterId} (${clusterName}) is ${state}.`,
    });
  }
}
