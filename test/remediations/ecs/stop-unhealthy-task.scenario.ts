import type { Scenario } from '../scenario';
import { checkout, deploy, sicken } from './service';

const withSick = (tasks: number): Scenario => ({
  condition: 'service-tasks-failing',
  takes: 60,
  build(bench) {
    const service = checkout(bench);
    sicken(bench, { tasks });
    return service;
  },
  putToWork: deploy,
  recover({ account }, { id }) {
    account.services.ecs.cure(id);
  },
});

/** What it is held to its contract with: one task, and two, one after the other. */
export const scenarios: readonly Scenario[] = [withSick(1), withSick(2)];
