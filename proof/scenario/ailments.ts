import type { SicknessDescription } from '../../simulator/ec2/sickness';
import { announceRetirement } from '../../simulator/health';
import type { SimulatedAccount } from '../../simulator/world';
import type { Faults, Mix } from '../faults';
import type { Randomness } from '../randomness';
import type { DrawnAccount } from './account';

const minute = 60_000;
/** Members of a group that one storm strikes. */
const mostAtOnce = 4;

/** Something that falls sick at a time of its own. */
export interface Ailment {
  /** Milliseconds after the start. */
  readonly after: number;
  /** For the journal. */
  readonly what: string;
  readonly befall: (account: SimulatedAccount, faults: Faults) => void;
}

/** What falls sick in a trial, in order: a few things one by one, or many within a minute. */
export function drawAilments(drawn: DrawnAccount, mix: Mix, within: number, random: Randomness): readonly Ailment[] {
  const count = random.between(1, 3);
  const few = Array.from({ length: count }, (_, index) =>
    ailmentOf(drawn, random.between(0, within * 0.7), random.of(`${index}`)),
  );
  const storm = mix.storm === undefined ? [] : stormOf(drawn, random.of('storm'), random.between(0, within / 2));
  return [...few, ...storm].sort((one, other) => one.after - other.after);
}

function stormOf({ members, loners }: DrawnAccount, random: Randomness, at: number): readonly Ailment[] {
  return [...members.slice(0, mostAtOnce), ...loners].map((id) => {
    const own = random.of(id);
    return sicken(id, own.chance(0.5) ? 'instance' : 'system', at + own.between(0, minute), own, 'storm');
  });
}

function ailmentOf(drawn: DrawnAccount, after: number, random: Randomness): Ailment {
  const { members, loners, batch, groups, databases, clusters } = drawn;
  const instances = [...members, ...loners];
  const kinds = [
    ...instances.map((id) => () => sicken(id, random.chance(0.6) ? 'instance' : 'system', after, random)),
    ...instances.slice(0, 1).map((id) => () => sicken(id, 'application', after, random)),
    ...batch.map((id) => () => sickenBatch(id, after)),
    ...groups.flatMap((name) => [
      () => overload(name, members.length, after, random),
      () => overload(name, members.length, after, random),
    ]),
    ...[...databases, ...databases].map((id) => () => sickenDatabase(id, after, random)),
    ...clusters.flatMap(({ members: [writer] }) =>
      writer === undefined
        ? []
        : [() => sickenDatabase(writer, after, random), () => sickenDatabase(writer, after, random)],
    ),
    ...instances.slice(0, 1).map((id) => () => retire(id, after)),
  ];
  return (kinds[random.between(0, kinds.length - 1)] ?? (() => sicken(loners[0] ?? '', 'instance', after, random)))();
}

function sicken(
  id: string,
  kind: 'instance' | 'system' | 'application',
  after: number,
  random: Randomness,
  why = 'chance',
): Ailment {
  const healsItself = random.chance(0.2) ? random.between(1, 12) * minute : undefined;
  const flaps = random.chance(0.5);
  return {
    after,
    what: `${id} falls sick (${kind}, by ${why})`,
    befall: (account, faults) => {
      const { ec2 } = account.services;
      const isThere = (): boolean => !['shutting-down', 'terminated', undefined].includes(ec2.instance(id)?.power);
      if (!isThere()) return;
      if (why === 'storm' && !faults.hits('storm')) return;
      const described: SicknessDescription = faults.hits('no-cure') ? { kind, curedBy: [] } : { kind };
      ec2.sicken(id, described);
      if (healsItself !== undefined) {
        account.clock.after(healsItself, () => {
          if (isThere()) ec2.cure(id, kind);
        });
      }
      if (flaps && faults.hits('flapping')) {
        account.clock.after(4 * minute, () => {
          if (isThere()) ec2.cure(id, kind);
        });
        account.clock.after(9 * minute, () => {
          if (isThere()) ec2.sicken(id, described);
        });
      }
      if (faults.hits('resource-gone')) {
        account.clock.after(faults.randomOf('resource-gone').between(1, 15) * minute, () => {
          ec2.terminate(id);
        });
      }
    },
  };
}

function sickenBatch(id: string, after: number): Ailment {
  return {
    after,
    what: `${id} hangs on a full disk`,
    befall: ({ services: { ec2 } }) => {
      if (ec2.instance(id)?.power === 'running') ec2.sicken(id, { kind: 'instance', curedBy: ['runbook'] });
    },
  };
}

function overload(name: string, members: number, after: number, random: Randomness): Ailment {
  const percent = random.between(85, 99);
  const lastsFor = random.between(30, 90) * minute;
  return {
    after,
    what: `group ${name} gets more work than it can carry`,
    befall: (account, faults) => {
      const { autoscaling } = account.services;
      autoscaling.setLoad(name, percent * members);
      account.clock.after(lastsFor, () => {
        autoscaling.setLoad(name, 40 * members);
      });
      if (faults.hits('launches-fail')) {
        autoscaling.setLaunches(name, 'fail');
        account.clock.after(faults.randomOf('launches-fail').between(5, 40) * minute, () => {
          autoscaling.setLaunches(name, 'succeed');
        });
      }
    },
  };
}

function sickenDatabase(id: string, after: number, random: Randomness): Ailment {
  const kind = random.chance(0.7) ? 'host' : 'engine';
  return {
    after,
    what: `database ${id} falls sick (${kind})`,
    befall: ({ services: { rds } }, faults) => {
      rds.sicken(id, faults.hits('no-cure') ? { kind, curedBy: [] } : { kind });
    },
  };
}

function retire(id: string, after: number): Ailment {
  return {
    after,
    what: `AWS announces the end of the host of ${id}`,
    befall: (account) => {
      if (account.services.ec2.instance(id)?.power === 'running') announceRetirement(account, [id]);
    },
  };
}
