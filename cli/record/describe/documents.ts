import type { DocumentParameter } from '@aws-sdk/client-ssm';
import { type Describer, type Describing, eachOf, type Entry, item, missing } from './describer';

const types = ['String', 'StringList', 'Boolean', 'Integer', 'StringMap', 'MapList'];
const unknown = /^InvalidDocument(Version)?$/;

/** Runbooks and command documents; an id is a name, and behind `@` the version that is meant. */
export const documents: Describer = {
  atOnce: 20,
  describe: async (ids, describing) => {
    const entries = (await eachOf(ids, (id) => entryOf(id, describing))).flat();
    return { entries: [...entries, ...missing(ids, entries)], leads: [] };
  },
};

async function entryOf(of: string, { aws, redaction }: Describing): Promise<readonly Entry[]> {
  const [, name = of, version] = /^(.+)@([^@]+)$/.exec(of) ?? [];
  try {
    const { Document } = await aws.ssm.describeDocument({
      Name: name,
      ...(version !== undefined && { DocumentVersion: version }),
    });
    const { DocumentVersion, DocumentType, Owner = '', Parameters = [] } = Document ?? {};
    return [
      {
        of,
        item: {
          ...item({
            name: redaction.runbook(name),
            type: DocumentType === 'Command' ? DocumentType : undefined,
            version: isNumber(DocumentVersion) ? DocumentVersion : undefined,
            owner: Owner === 'Amazon' ? Owner : redaction.standIns.account(Owner) || undefined,
          }),
          parameters: Parameters.map(parameterOf),
        },
      },
    ];
  } catch (error) {
    if (error instanceof Error && unknown.test(error.name)) return [];
    throw error;
  }
}

function isNumber(version = ''): boolean {
  return /^\d+$/.test(version);
}

/** What it is by default is nobody's business; that there is one decides whether it must be given. */
function parameterOf({ Name = '', Type, DefaultValue }: DocumentParameter): object {
  return {
    name: Name,
    ...(types.includes(Type ?? '') && { type: Type }),
    ...(DefaultValue !== undefined && { default: '' }),
  };
}
