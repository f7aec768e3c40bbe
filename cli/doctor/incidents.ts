import type { Hold } from '../../runtime/store/incident-store';
import { timeText } from '../../replay/report';
import { listed } from '../../statemachines/policy/nearest-name';
import { isNotFound, isOfAws } from '../aws-fault';
import { heldText } from '../hold';
import { numbered } from '../incident-text';
import { notChecked, ok, warning, type Check, type Site } from './check';

/** A timer and the sweeper after it have had their time by then. */
const overdueAfter = 10 * 60_000;
const atMost = 100;

const someOf = (ids: readonly string[]): string =>
  ids.length > 3 ? `${ids.slice(0, 3).join(', ')} and others` : listed(ids);

const countOf = ({ length }: readonly unknown[], what: string): string =>
  `${length === atMost ? 'at least ' : ''}${numbered(length, what)}`;

async function readHolds({ deployment }: Site): Promise<readonly Hold[] | 'unreadable'> {
  const store = await deployment.store();
  try {
    return await store.holds();
  } catch (error) {
    if (isOfAws(error)) throw error;
    return 'unreadable';
  }
}

const holdCheck: Check = {
  name: 'hold',
  look: async (site) => {
    const holds = await readHolds(site);
    if (holds === 'unreadable') {
      return warning(
        'one cannot be read, so it counts as on, for everything',
        'homeostat hold on --reason …, then homeostat hold off, each with the --rule or --remediation that was held',
      );
    }
    const [hold, ...others] = holds;
    if (!hold) return ok('off');
    const more = others.length > 0 ? `; and on ${listed(others.map(({ of }) => heldText(of)))}` : '';
    return warning(
      `on ${heldText(hold.of)} since ${timeText(hold.at)} by ${hold.by}: ${hold.reason}${more}`,
      'homeostat hold status, and homeostat hold off, when its reason is gone',
    );
  },
};

const parkedIncidentsCheck: Check = {
  name: 'parked incidents',
  look: async ({ deployment }) => {
    const parked = await (await deployment.store()).parked(atMost);
    return parked.length === 0
      ? ok('none')
      : warning(
          `${countOf(parked, 'incident')} that this version may not advance: ${someOf(parked.map(({ id }) => id))}`,
          'homeostat incidents --state parked, and look after their resources by hand',
        );
  },
};

const overdueWakeUpsCheck: Check = {
  name: 'overdue wake-ups',
  look: async ({ deployment, now }) => {
    const due = await (await deployment.store()).due(now() - overdueAfter, atMost);
    return due.length === 0
      ? ok('none')
      : warning(
          `${countOf(due, 'incident')} should have been looked at long ago: ${someOf(due.map(({ incident }) => incident))}`,
          `look at the logs of ${deployment.name}-worker and ${deployment.name}-sweeper`,
        );
  },
};

/** Without a table there is nothing to read, and that is told by another check. */
function ofTable({ name, look }: Check): Check {
  return {
    name,
    look: async (site) => {
      try {
        return await look(site);
      } catch (error) {
        if (isNotFound(error)) return notChecked(`there is no table ${site.deployment.name}`);
        throw error;
      }
    },
  };
}

/** What the store says of incidents that do not move. */
export const incidentChecks: readonly Check[] = [holdCheck, parkedIncidentsCheck, overdueWakeUpsCheck].map(ofTable);
