import { sampleIds } from '../../cli/new/sick-resource';
import { conditions } from '../../signals/conditions';
import { optInTag } from '../../statemachines/guards/consent';
import { vitals } from '../../vitals';
import { bench } from './account';
import { sickened } from './sickened';

/** Kinds that an incident can be about; others are only touched. */
const sicken = new Set<string>(conditions.flatMap(({ of }) => of));

test.each(vitals.filter(({ kind }) => sicken.has(kind)).map((own) => [own.kind, own] as const))(
  'an ordinary %s can be made up, opted in and sick, for a remediation that is begun',
  async (kind, own) => {
    const { account, aws, resource } = bench();
    const condition = conditions.find(({ of }) => (of as readonly string[]).includes(kind))?.name ?? '';
    const sick = sickened(account, resource(kind, sampleIds[kind]), condition);
    expect(await own.tags(sick, aws)).toMatchObject({ [optInTag.key]: optInTag.value });
  },
);
