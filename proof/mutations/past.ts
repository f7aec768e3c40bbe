import type { Mutation } from './mutation';

/** Bugs that the simulation has found in this program, planted anew. Their seeds are in test/seeds/. */
export const past: readonly Mutation[] = [
  {
    name: 'group-believed',
    what: 'who is healthy in a group is what the group believes, also of a member that fails its status checks',
    file: 'vitals/auto-scaling/membership.ts',
    from: 'capacityOf(others.filter(({ id }) => passing.has(id)))',
    to: 'capacityOf(others.filter(({ id }) => passing.has(id) || id !== ""))',
    breaks: ['I8'],
  },
  {
    name: 'woken-early',
    what: 'a wake-up with the right revision is believed long before its time',
    file: 'runtime/incidents.ts',
    from: 'wake && at < wake.at - earlyAtMost ?',
    to: 'wake && at < 0 ?',
    breaks: ['I19'],
  },
  {
    name: 'refusal-believed',
    what: 'a write that AWS refused for the state of things was never done',
    file: 'runtime/aws/failure.ts',
    from: 'isOfTheWrite && isOutright.test(name) ? failure',
    to: 'isOfTheWrite && (isOutright.test(name) || true) ? failure',
    breaks: ['I4', 'I11'],
  },
];
