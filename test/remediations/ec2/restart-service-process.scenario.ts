import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import { withOneUnhealthy } from '../one-unhealthy';
import type { Scenario } from '../scenario';

const document = 'Acme-RestartService';
const parameters = { document, version: '4', service: 'redis' };

/** Lets the document be there that restarts a service. */
export function addRestartDocument({ account }: Bench, described: object = {}): void {
  const given = [{ name: 'ServiceName', allowedValues: ['redis', 'cassandra'] }];
  account.services.ssm.addDocument({ name: document, type: 'Command', version: '4', parameters: given, ...described });
}

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'process-down',
    parameters,
    takes: 120,
    build(bench: Bench): Resource {
      addRestartDocument(bench);
      const { id } = bench.account.services.ec2.addInstance({ sick: { kind: 'process' } });
      return bench.resource('ec2-instance', id);
    },
    putToWork: ({ account }: Bench, { id }: Resource): void => {
      restart(account, id);
    },
  },
  {
    condition: 'target-unhealthy',
    parameters,
    takes: 120,
    build(bench: Bench): Resource {
      const { ec2 } = bench.account.services;
      addRestartDocument(bench);
      const ids = [1, 2, 3].map(() => ec2.addInstance().id);
      return bench.resource('target-group', withOneUnhealthy(bench.account, ids));
    },
    putToWork: ({ account }: Bench, { id }: Resource): void => {
      const [sick] = account.services.elasticloadbalancing.targetGroup(id)?.targets.values() ?? [];
      restart(account, sick?.id ?? '');
    },
  },
];

function restart(account: Bench['account'], instance: string): void {
  account.call('ssm', 'SendCommand', {
    DocumentName: document,
    DocumentVersion: '4',
    InstanceIds: [instance],
    Parameters: { ServiceName: ['redis'] },
  });
}
