import type { Mutation } from './mutation';

/** Guards that let through what they must not, and limits that do not hold. */
export const limits: readonly Mutation[] = [
  {
    name: 'guards-fail-open',
    what: 'a guard that cannot read what it decides on says yes',
    file: 'statemachines/guards/guard.ts',
    from: 'if (unread.length > 0) return unread;',
    to: 'if (unread.length > 0) return [];',
    breaks: ['I7', 'I9', 'I10', 'I15', 'I22'],
  },
  {
    name: 'hold-ignored',
    what: 'guard hold says yes',
    file: 'statemachines/guards/hold.ts',
    from: "({ of }) => of === 'everything' || ('rule' in of ? of.rule === rule.name : of.remediation === remediation),",
    to: '() => false,',
    breaks: ['I15'],
  },
  {
    name: 'hold-unreadable-is-off',
    what: 'a hold that cannot be read counts as none',
    file: 'runtime/admission/facts.ts',
    from: "read('whether there is a hold cannot be read', () => store.holds()),",
    to: "read('whether there is a hold cannot be read', () => store.holds().catch(() => [])),",
    breaks: ['I15'],
  },
  {
    name: 'consent-ignored',
    what: 'what nobody has opted in is touched',
    file: 'statemachines/guards/consent.ts',
    from: '.filter(({ touched, tags }) => touched && tags[optInTag.key] !== optInTag.value)',
    to: '.filter(() => false)',
    breaks: ['I22'],
  },
  {
    name: 'protection-ignored',
    what: 'what is protected is touched',
    file: 'statemachines/guards/consent.ts',
    from: '.filter(({ tags }) => protectTag in tags)',
    to: '.filter(() => false)',
    breaks: ['I22'],
  },
  {
    name: 'storm-ignored',
    what: 'guard storm says yes',
    file: 'statemachines/guards/storm.ts',
    from: 'return [...arrivals, ...paced, ...shares];',
    to: 'return arrivals.length > paced.length + shares.length ? [] : [];',
    breaks: ['I10'],
  },
  {
    name: 'sightings-not-written',
    what: 'what falls sick is not written down where storms are looked for',
    file: 'runtime/advance.ts',
    from: 'sightings: incident.revision === 0 ? scopesOf(incident.resource, incident.place) : [],',
    to: 'sightings: incident.revision < 0 ? scopesOf(incident.resource, incident.place) : [],',
    breaks: ['I10'],
  },
  {
    name: 'at-once-off',
    what: 'any number in an account is touched at one time',
    file: 'statemachines/admission.ts',
    from: "{ scope: accountScope(account), of: 'touching', atMost: overall.account.atOnce },",
    to: '',
    breaks: ['I9'],
  },
  {
    name: 'per-hour-off',
    what: 'any number is started in an hour',
    file: 'statemachines/admission.ts',
    from: '({ scope, of: { startedWithinSeconds: hour }, atMost });',
    to: '({ scope, of: { startedWithinSeconds: hour }, atMost: atMost * 1_000 });',
    breaks: ['I9'],
  },
  {
    name: 'budget-in-memory',
    what: 'each process counts its own starts, and knows nothing of those of others',
    file: 'runtime/lambda/composition.ts',
    from: 'store: heard(store, (commit) => {',
    to: `store: heard(((starts: unknown[]): IncidentStore => ({
      ...heard(store, () => undefined),
      holdings: async (...asked) => ({ ...(await store.holdings(...asked)), starts: starts as never }),
      commit: async (commit) => {
        const { claim } = commit;
        const result = await store.commit(claim ? { ...commit, claim: { ...claim, quotas: [] } } : commit);
        if (claim && result.kind === 'committed')
          starts.push({ incident: commit.incident.id, at: claim.at, scopes: claim.scopes, touching: false });
        return result;
      },
    }))([]), (commit) => {`,
    breaks: ['I9'],
  },
  {
    name: 'budget-forgets',
    what: 'starts are counted for six minutes in the place of an hour',
    file: 'statemachines/quota.ts',
    from: 'export const startsKeptSeconds = 3_600;',
    to: 'export const startsKeptSeconds = 360;',
    breaks: ['I9'],
  },
  {
    name: 'min-healthy-off',
    what: 'guard min-healthy says yes',
    file: 'statemachines/guards/min-healthy.ts',
    from: 'return group.healthyOthers >= needed',
    to: 'return group.healthyOthers >= needed - 100',
    breaks: ['I8'],
  },
  {
    name: 'backoff-off',
    what: 'guard backoff says yes',
    file: 'statemachines/guards/backoff.ts',
    from: 'if (at >= until) return [];',
    to: 'if (at <= until || at > until) return [];',
    breaks: ['I11'],
  },
  {
    name: 'attempts-unlimited',
    what: 'the ladder is climbed however many attempts there were',
    file: 'statemachines/incident-machine/guards.ts',
    from: '!rungOf(context) || context.starts + context.spent >= context.rule.limits.attempts,',
    to: '!rungOf(context),',
    breaks: ['I11'],
  },
  {
    name: 'hold-down-off',
    what: 'what has just fallen sick is touched at once',
    file: 'statemachines/guards/evidence.ts',
    from: 'if (at >= due || rule.holdDownSeconds === 0) return [];',
    to: 'if (at >= due || rule.holdDownSeconds >= 0) return [];',
    breaks: ['I16'],
  },
];
