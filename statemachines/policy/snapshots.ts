import { z } from 'zod';
import type { Inspection } from './draft';
import type { PathFault } from './wording';
import type { RemediationFacts } from './remediation-facts';

const ofRung = z.object({ snapshotFirst: z.boolean().optional() }).catch({});

const isOutOfReach = ({ snapshots = 'noneCanBeMade' }: RemediationFacts): boolean => snapshots === 'noneCanBeMade';

/** Rungs that are to take a snapshot first, and could lose what none can be made of. */
export const inspectSnapshots: Inspection = (draft, { remediations }) =>
  draft.rules.flatMap((rule, index) =>
    rule.try.flatMap(({ name, set }, rung): PathFault[] => {
      const wanted = ofRung.parse(set).snapshotFirst ?? rule.snapshotFirst ?? false;
      const remediation = remediations.find((one) => one.name === name);
      if (!wanted || !remediation || !isOutOfReach(remediation)) return [];
      const message =
        `${name} can lose data of which no snapshot can be made first: leave it out, ` +
        `or accept that by { ${name}: { snapshotFirst: false } }`;
      return [{ path: ['rules', index, 'try', rung], of: 'value', message }];
    }),
  );
