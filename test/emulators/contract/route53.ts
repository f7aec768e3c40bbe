import { casesOf, refusal } from './case';
import type { Place } from './place';

const none = '0f8b1c62-0000-4000-8000-00000000000f';
const noZone = 'Z00000000000000000000';
const name = 'www.shop.example';

async function sets({ route53 }: Place, HostedZoneId: string) {
  const { ResourceRecordSets = [] } = await route53.listResourceRecordSets({
    HostedZoneId,
    StartRecordName: `${name}.`,
    StartRecordType: 'A',
    MaxItems: 100,
  });
  return ResourceRecordSets.filter((one) => one.Name === `${name}.`);
}

const weights = async (place: Place, zone: string): Promise<readonly string[]> =>
  (await sets(place, zone)).map(
    ({ SetIdentifier, Weight, TTL }) => `${SetIdentifier ?? ''} ${Weight ?? ''} ${TTL ?? ''}`,
  );

/** Puts all weight of a name on its standby; answers the change and the zone. */
async function moved(place: Place) {
  const zone = await place.add.weightedName(name, { primary: 100, standby: 0 });
  const { ChangeInfo } = await place.route53.changeResourceRecordSets({
    HostedZoneId: zone,
    ChangeBatch: {
      Changes: (await sets(place, zone)).map((ResourceRecordSet) => ({
        Action: 'UPSERT' as const,
        ResourceRecordSet: { ...ResourceRecordSet, Weight: ResourceRecordSet.SetIdentifier === 'standby' ? 100 : 0 },
      })),
    },
  });
  return { zone, change: ChangeInfo };
}

export const route53Cases = casesOf([
  {
    operation: 'route53:GetHealthCheck',
    name: 'one that does not exist is an error',
    agreed: { refused: 'NoSuchHealthCheck' },
    seen: ({ route53 }) => refusal(route53.getHealthCheck({ HealthCheckId: none })),
  },
  {
    operation: 'route53:GetHealthCheck',
    name: 'one that there is is told',
    agreed: 'HTTPS',
    seen: async ({ add, route53 }) => {
      const HealthCheckId = await add.healthCheck({ address: '203.0.113.10' });
      return (await route53.getHealthCheck({ HealthCheckId })).HealthCheck?.HealthCheckConfig?.Type;
    },
  },
  {
    operation: 'route53:ListTagsForResource',
    name: 'the tags of a health check are told',
    agreed: [{ Key: 'homeostat:heal', Value: 'yes' }],
    seen: async ({ add, route53 }) => {
      const ResourceId = await add.healthCheck({ address: '203.0.113.10', tags: { 'homeostat:heal': 'yes' } });
      const told = await route53.listTagsForResource({ ResourceType: 'healthcheck', ResourceId });
      return told.ResourceTagSet?.Tags;
    },
  },
  {
    operation: 'route53:ListTagsForResource',
    name: 'a hosted zone that does not exist is an error',
    agreed: { refused: 'NoSuchHostedZone' },
    seen: ({ route53 }) => refusal(route53.listTagsForResource({ ResourceType: 'hostedzone', ResourceId: noZone })),
  },
  {
    operation: 'route53:GetHostedZone',
    name: 'one that does not exist is an error',
    agreed: { refused: 'NoSuchHostedZone' },
    seen: ({ route53 }) => refusal(route53.getHostedZone({ Id: noZone })),
  },
  {
    operation: 'route53:GetHostedZone',
    name: 'its name is written with the dot of the root',
    agreed: 'shop.example.',
    seen: async (place) => {
      const Id = await place.add.weightedName(name, { primary: 100 });
      return (await place.route53.getHostedZone({ Id })).HostedZone?.Name;
    },
  },
  {
    operation: 'route53:ListResourceRecordSets',
    name: 'the weighted sets of a name are told, from that name on',
    agreed: ['primary 100 60', 'standby 0 60'],
    seen: async (place) => weights(place, await place.add.weightedName(name, { primary: 100, standby: 0 })),
  },
  {
    operation: 'route53:ChangeResourceRecordSets',
    name: 'sets are put in the place of those that there are',
    agreed: ['primary 0 60', 'standby 100 60'],
    seen: async (place) => weights(place, (await moved(place)).zone),
  },
  {
    operation: 'route53:GetChange',
    name: 'a change is in sync after a while',
    agreed: 'INSYNC',
    seen: async (place) => {
      const { change } = await moved(place);
      await place.settle();
      const Id = (change?.Id ?? '').replace('/change/', '');
      return (await place.route53.getChange({ Id })).ChangeInfo?.Status;
    },
  },
]);

const at = { url: 'https://aaaa.route53-recovery-cluster.us-east-1.amazonaws.com/v1', region: 'us-east-1' };

export const recoveryClusterCases = casesOf([
  {
    operation: 'route53-recovery-cluster:GetRoutingControlState',
    name: 'each control tells how it stands',
    agreed: ['On', 'Off'],
    seen: async (place) => {
      const controls = await place.add.routingControls(['On', 'Off']);
      return states(place, controls);
    },
  },
  {
    operation: 'route53-recovery-cluster:GetRoutingControlState',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: async ({ add, recoveryCluster }) => {
      const [known = ''] = await add.routingControls(['On']);
      const RoutingControlArn = known.replace(/[0-9a-f]+$/, '00000000000000ff');
      return refusal(recoveryCluster.getRoutingControlState({ RoutingControlArn, Endpoint: at }));
    },
  },
  {
    operation: 'route53-recovery-cluster:UpdateRoutingControlStates',
    name: 'several are switched in one call',
    agreed: ['Off', 'On'],
    seen: async (place) => {
      const [first = '', second = ''] = await place.add.routingControls(['On', 'Off']);
      await place.recoveryCluster.updateRoutingControlStates({
        UpdateRoutingControlStateEntries: [
          { RoutingControlArn: first, RoutingControlState: 'Off' },
          { RoutingControlArn: second, RoutingControlState: 'On' },
        ],
        Endpoint: at,
      });
      return states(place, [first, second]);
    },
  },
  {
    operation: 'route53-recovery-cluster:UpdateRoutingControlStates',
    name: 'what a safety rule forbids is refused as a whole',
    agreed: [{ refused: 'ConflictException' }, ['On', 'Off']],
    seen: async (place) => {
      const [first = '', second = ''] = await place.add.routingControls(['On', 'Off']);
      const UpdateRoutingControlStateEntries = [{ RoutingControlArn: first, RoutingControlState: 'Off' as const }];
      const call = place.recoveryCluster.updateRoutingControlStates({ UpdateRoutingControlStateEntries, Endpoint: at });
      return [await refusal(call), await states(place, [first, second])];
    },
  },
]);

async function states({ recoveryCluster }: Place, controls: readonly string[]): Promise<readonly unknown[]> {
  return Promise.all(
    controls.map(async (RoutingControlArn) => {
      const told = await recoveryCluster.getRoutingControlState({ RoutingControlArn, Endpoint: at });
      return told.RoutingControlState;
    }),
  );
}
