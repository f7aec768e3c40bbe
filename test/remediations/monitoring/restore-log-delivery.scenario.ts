import type { LogsHappening } from '../../../simulator/logs/log-group';
import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';
import { logGroup, logGroups, name } from './shop-log';

/** A destination that may be another account's, which puts on a role of its own. */
const abroad = {
  name: 'abroad',
  pattern: '',
  destination: 'arn:aws:logs:eu-central-1:111122223333:destination:archive',
};

function scenario(condition: string, happening: LogsHappening, more: Partial<Scenario> = {}): Scenario {
  return {
    condition,
    parameters: { logGroups },
    takes: 30,
    build(on: Bench): Resource {
      const resource = logGroup(on);
      on.account.services.logs.befall(happening);
      return resource;
    },
    recover(on: Bench): void {
      logGroup(on);
    },
    ...more,
  };
}

/** What it is held to its contract with: each thing that can be deleted. */
export const scenarios: readonly Scenario[] = [
  scenario('log-group-deleted', { delete: name }, { isAbsence: true }),
  scenario('log-delivery-broken', { deleteFilter: 'archive', of: name }),
  {
    ...scenario('log-delivery-broken', { deleteFilter: 'abroad', of: name }),
    parameters: { logGroups: { [name]: { filters: [abroad] } } },
    build(on: Bench): Resource {
      const resource = logGroup(on, { filters: [abroad] });
      on.account.services.logs.befall({ deleteFilter: 'abroad', of: name });
      return resource;
    },
    recover(on: Bench): void {
      logGroup(on, { filters: [abroad] });
    },
  },
  scenario(
    'log-retention-deleted',
    { deleteRetention: name },
    { loses: /what \/shop\/checkout holds of more than 30 days ago/ },
  ),
];
