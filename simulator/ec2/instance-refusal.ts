import type { Instance, PowerState } from './instance';
import { Refusal } from '../refusal';

/** Answers a dry run that would have gone through. */
export function refuseDryRun(dryRun: boolean | undefined): void {
  if (dryRun) throw new Refusal('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
}

/** Refuses unless the instance is in one of these states. */
export function demand({ id, power }: Instance, states: readonly PowerState[], done: string): void {
  if (states.includes(power)) return;
  const message = `The instance '${id}' is not in a state from which it can be ${done}.`;
  throw new Refusal('IncorrectInstanceState', message);
}

/** Refuses what EC2 would not stop in any state. */
export function demandStoppable(instance: Instance): void {
  const { id } = instance;
  if (instance.stopProtected) {
    const message = `The instance '${id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`;
    throw new Refusal('OperationNotPermitted', message);
  }
  if (instance.rootDevice === 'instance-store') {
    const message = `The instance '${id}' does not have an 'ebs' root device type and cannot be stopped.`;
    throw new Refusal('UnsupportedOperation', message);
  }
  if (instance.lifecycle === 'spot') {
    const message = `You can't stop the Spot Instance '${id}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.`;
    throw new Refusal('UnsupportedOperation', message);
  }
}

/** Refuses what is protected from termination. */
export function demandTerminable({ id, terminationProtected }: Instance): void {
  if (!terminationProtected) return;
  const message = `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`;
  throw new Refusal('OperationNotPermitted', message);
}
