import { didYouMean, listed } from './nearest-name';
import type { Draft, Inspection } from './draft';
import type { Path } from './text';
import type { PathFault } from './wording';

/** AWS gives this account number to nobody: a topic in it is there to be replaced. */
const nobodysAccount = ':000000000000:';

function inspectTiers(
  tiers: Draft['defaults']['escalate'],
  path: Path,
  contacts: readonly string[] | undefined,
): PathFault[] {
  return (tiers ?? []).flatMap(({ name, set }, index): PathFault[] => {
    const at = { path: [...path, index], of: 'value' as const };
    const hasDelay = Object.keys(set).includes('after');
    const faults: PathFault[] = [];
    // Where contacts cannot be read at all, that alone is told.
    if (name && contacts && !contacts.includes(name)) {
      const known =
        didYouMean(name, contacts) || `; there ${contacts.length > 0 ? `are ${listed(contacts)}` : 'is none'}`;
      faults.push({ ...at, message: `there is no contact ${name} under contacts${known}` });
    }
    if (index === 0 && hasDelay) {
      faults.push({ ...at, message: `${name} is called first and at once: leave out its after` });
    }
    if (index > 0 && name && !hasDelay) {
      faults.push({ ...at, message: `say how long the one before ${name} has: { ${name}: { after: 15m } }` });
    }
    return faults;
  });
}

/** Whom a rule calls: that there is somebody, and that each is a contact of the policy. */
export const inspectEscalation: Inspection = (draft) => {
  const contacts = draft.contacts && Object.keys(draft.contacts);
  const byDefault = inspectTiers(draft.defaults.escalate, ['defaults', 'escalate'], contacts);
  const byRule = draft.rules.flatMap((rule, index): PathFault[] => {
    if (rule.escalate || draft.defaults.escalate) {
      return inspectTiers(rule.escalate, ['rules', index, 'escalate'], contacts);
    }
    const message = 'nobody is called when this rule fails: write escalate here or under defaults';
    return [{ path: ['rules', index, 'escalate'], of: 'value', message }];
  });
  return [...byDefault, ...byRule];
};

/** Contacts that nobody has filled in yet. */
export const inspectPlaceholders: Inspection = (draft) =>
  Object.entries(draft.contacts ?? {})
    .filter(([, { topic }]) => topic.includes(nobodysAccount))
    .map(([name]) => ({
      path: ['contacts', name, 'topic'],
      of: 'value',
      message: `the topic of ${name} is a placeholder, and nobody reads it: write the ARN of your own SNS topic`,
    }));
