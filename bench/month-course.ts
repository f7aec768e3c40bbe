import type { SimulatedAccount } from '../simulator/world';
import type { Chance } from './month-chance';
import type { Service } from './month-estate';
import { announceRetirement } from '../simulator/health';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30 * day;

/** Work that leaves one member at ease, in percent of its CPU; target tracking of the group aims at it. */
const atEase = 50;

/** Something that befalls a service, and about how often in a month. */
interface Trouble {
  readonly times: number;
  readonly befall: (service: Service, account: SimulatedAccount, chance: Chance) => void;
}

/** After a time between the two, in minutes. */
function later(account: SimulatedAccount, chance: Chance, from: number, to: number, what: () => void): void {
  account.clock.after(Math.round(chance.between(from, to) * minute), what);
}

const running = (account: SimulatedAccount, id: string | undefined): id is string =>
  id !== undefined && account.services.ec2.instance(id)?.power === 'running';

/** A member that serves, if there is one. */
function someMember({ group }: Service, account: SimulatedAccount, chance: Chance): string | undefined {
  const members = [...(account.services.autoscaling.group(group)?.members.values() ?? [])].filter(
    ({ lifecycle, serves }) => lifecycle === 'InService' && serves,
  );
  return members[chance.whole(0, Math.max(0, members.length - 1))]?.id;
}

/** It falls sick; it gets well by itself within some minutes, or a person comes after half an hour or two. */
function sickenInstance(
  account: SimulatedAccount,
  chance: Chance,
  id: string | undefined,
  kind: 'instance' | 'system' | 'application',
  byItself: { readonly part: number; readonly within: number },
  passesHealthChecks = false,
): void {
  const { ec2 } = account.services;
  if (!running(account, id)) return;
  ec2.sicken(id, { kind, passesHealthChecks });
  const [from, to] = chance.part() < byItself.part ? [3, byItself.within] : [25, 120];
  later(account, chance, from, to, () => {
    if (running(account, id)) ec2.cure(id, kind);
  });
}

const pick = (ids: readonly string[], chance: Chance): string | undefined =>
  ids[chance.whole(0, Math.max(0, ids.length - 1))];

/** What goes wrong in a month of a service. Nothing heals it but time, AWS and people. */
const troubles: readonly Trouble[] = [
  {
    times: 4,
    befall: ({ alone }, account, chance) => {
      sickenInstance(account, chance, pick(alone, chance), 'instance', { part: 0.4, within: 7 });
    },
  },
  {
    times: 1.5,
    befall: ({ alone }, account, chance) => {
      sickenInstance(account, chance, pick(alone, chance), 'system', { part: 0.6, within: 14 });
    },
  },
  {
    times: 5,
    befall: (service, account, chance) => {
      sickenInstance(account, chance, someMember(service, account, chance), 'application', { part: 0.4, within: 9 });
    },
  },
  {
    times: 2,
    befall: (service, account, chance) => {
      const sick = someMember(service, account, chance);
      sickenInstance(account, chance, sick, 'application', { part: 0.5, within: 12 }, true);
    },
  },
  {
    times: 3,
    befall: ({ unowned }, account, chance) => {
      sickenInstance(account, chance, pick(unowned, chance), 'application', { part: 0.4, within: 10 });
    },
  },
  {
    times: 0.3,
    befall: ({ alone }, account, chance) => {
      const id = pick(alone, chance);
      if (!running(account, id)) return;
      announceRetirement(account, [id]);
      account.clock.after(chance.between(1, 6) * day, () => {
        if (running(account, id)) account.services.ec2.cure(id, 'retiring');
      });
    },
  },
  {
    times: 1.2,
    befall: ({ database }, account, chance) => {
      if (database === undefined) return;
      const { rds } = account.services;
      rds.sicken(database, { kind: 'host' });
      if (chance.part() < 0.6)
        later(account, chance, 2, 5, () => {
          rds.failOver(database);
        });
      else
        later(account, chance, 20, 60, () => {
          rds.cure(database);
        });
    },
  },
  {
    times: 1,
    befall: ({ database }, account, chance) => {
      if (database === undefined) return;
      account.services.rds.sicken(database, { kind: 'overloaded' });
      later(account, chance, 8, 45, () => {
        account.services.rds.cure(database);
      });
    },
  },
  {
    times: 0.4,
    befall: ({ database }, account, chance) => {
      if (database === undefined) return;
      account.services.rds.setFreeStorage(database, 4);
      later(account, chance, 30, 300, () => {
        account.services.rds.setFreeStorage(database, 60);
      });
    },
  },
  {
    times: 1.2,
    befall: ({ cluster }, account, chance) => {
      if (cluster === undefined) return;
      const { rds } = account.services;
      rds.sicken(cluster, { kind: 'host' });
      if (chance.part() < 0.6)
        later(account, chance, 2, 5, () => {
          rds.failOver(cluster);
        });
      else
        later(account, chance, 20, 60, () => {
          rds.cure(cluster);
        });
    },
  },
  {
    times: 0.5,
    befall: ({ group }, account, chance) => {
      const { autoscaling } = account.services;
      autoscaling.setLaunches(group, 'fail');
      const desired = autoscaling.group(group)?.desired ?? 2;
      resize(account, group, desired + 1);
      later(account, chance, 10, 90, () => {
        autoscaling.setLaunches(group, 'succeed');
      });
    },
  },
  {
    times: 20,
    befall: ({ name }, account, chance) => {
      const metric = { namespace: 'Shop', name: 'SlowRequests', dimensions: { Service: name } };
      account.services.cloudwatch.set(metric, 300);
      later(account, chance, 2, 30, () => {
        account.services.cloudwatch.set(metric, 10);
      });
    },
  },
];

function resize(account: SimulatedAccount, group: string, to: number): void {
  const { min = 0, max = 0, desired } = account.services.autoscaling.group(group) ?? {};
  const DesiredCapacity = Math.min(max, Math.max(min, to));
  if (DesiredCapacity !== desired)
    account.call('autoscaling', 'SetDesiredCapacity', { AutoScalingGroupName: group, DesiredCapacity });
}

/** Lets a month happen to a service: its days and nights, and its troubles. */
export function letHappen(service: Service, account: SimulatedAccount, chance: Chance): void {
  const end = account.clock.now() + month;
  breathe(service, account, chance, end);
  for (const { times, befall } of troubles) {
    const next = (): void => {
      const at = account.clock.now() + chance.gap(times, month);
      if (at >= end) return;
      account.clock.at(Math.round(at), () => {
        befall(service, account, chance);
        next();
      });
    };
    next();
  }
}

/** Load follows the day, with noise and now and then a rush; target tracking follows the load some minutes later. */
function breathe({ group, size }: Service, account: SimulatedAccount, chance: Chance, end: number): void {
  const peak = chance.between(0.6, 0.95) * size.max * atEase;
  const noon = chance.between(10, 20) * hour;
  const turn = (): void => {
    const now = account.clock.now();
    const wave = 0.5 + 0.5 * Math.cos(((now % day) - noon) * ((2 * Math.PI) / day));
    const rush = chance.part() < 0.008;
    const load = (0.25 + 0.75 * wave) * peak * chance.between(0.82, 1.18) * (rush ? 2.4 : 1);
    account.services.autoscaling.setLoad(group, load);
    later(account, chance, 3, 6, () => {
      // A rush is over before anybody has noticed, or it outgrows what target tracking may add.
      if (!rush || chance.part() < 0.5) resize(account, group, Math.ceil(load / atEase));
    });
    const next = now + Math.round(chance.between(90, 150) * minute);
    if (next < end) account.clock.at(next, turn);
  };
  account.clock.after(Math.round(chance.between(0, 120) * minute), turn);
}

/** Once in so many days a zone has a bad quarter of an hour, and much of what is in it falls sick at once. */
export function letStorm(services: readonly Service[], account: SimulatedAccount, chance: Chance): void {
  const end = account.clock.now() + month;
  const strike = (): void => {
    const zone = chance.of(['eu-central-1a', 'eu-central-1b', 'eu-central-1c']);
    const { ec2 } = account.services;
    for (const service of services) {
      for (const id of [...service.alone, ...service.unowned]) {
        if (running(account, id) && ec2.instance(id)?.zone === zone && chance.part() < 0.7) {
          later(account, chance, 0, 2, () => {
            sickenInstance(account, chance, id, 'instance', { part: 0.9, within: 25 });
          });
        }
      }
    }
    next();
  };
  const next = (): void => {
    const at = account.clock.now() + chance.gap(3, month);
    if (at < end) account.clock.at(Math.round(at), strike);
  };
  next();
}
