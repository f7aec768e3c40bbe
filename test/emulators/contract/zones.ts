import { casesOf, refusal } from './case';
import type { Place } from './place';

/** A load balancer whose zonal shifts are enabled, with its zones by their ids. */
async function managed(place: Place): Promise<{ resourceIdentifier: string; zones: readonly string[] }> {
  const resourceIdentifier = await place.add.shiftable('shop');
  const { appliedWeights = {} } = await place.arcZonalShift.getManagedResource({ resourceIdentifier });
  return { resourceIdentifier, zones: Object.keys(appliedWeights).sort() };
}

const missing = ({ account, region }: Place): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/none/0123456789abcdef`;
const notFound = { refused: 'ResourceNotFoundException' };
const lasting = { expiresIn: '30m', comment: 'contract' };

/** Zones of the region, and what AWS does with them by itself. */
export const zoneCases = casesOf([
  {
    operation: 'ec2:DescribeAvailabilityZones',
    name: 'every zone has a name and an id',
    agreed: { some: true, strange: [] },
    seen: async ({ ec2 }) => {
      const { AvailabilityZones = [] } = await ec2.describeAvailabilityZones({ AllAvailabilityZones: true });
      const told = AvailabilityZones.map(({ ZoneName = '', ZoneId = '' }) => `${ZoneName} ${ZoneId}`);
      return { some: told.length > 1, strange: told.filter((one) => !/^eu-central-1[a-z] euc1-az\d$/.test(one)) };
    },
  },
  {
    operation: 'arc-zonal-shift:ListAutoshifts',
    name: 'where AWS shifts nothing the list is empty',
    agreed: { items: [], isAtEnd: true },
    seen: async ({ arcZonalShift }) => {
      const { items, nextToken } = await arcZonalShift.listAutoshifts({ status: 'ACTIVE' });
      return { items, isAtEnd: !nextToken };
    },
  },
  {
    operation: 'arc-zonal-shift:ListAutoshifts',
    name: 'a status that there is not is refused',
    agreed: { refused: 'ValidationException' },
    seen: ({ arcZonalShift }) => refusal(arcZonalShift.listAutoshifts({ status: 'PAUSED' as never })),
  },
  {
    operation: 'arc-zonal-shift:GetManagedResource',
    name: 'every zone of a load balancer gets traffic while nothing is shifted',
    agreed: { weights: [1, 1], shifts: [] },
    seen: async (place) => {
      const { resourceIdentifier } = await managed(place);
      const { appliedWeights = {}, zonalShifts } = await place.arcZonalShift.getManagedResource({ resourceIdentifier });
      return { weights: Object.values(appliedWeights), shifts: zonalShifts };
    },
  },
  {
    operation: 'arc-zonal-shift:GetManagedResource',
    name: 'a load balancer that is not managed is an error',
    agreed: notFound,
    seen: (place) => refusal(place.arcZonalShift.getManagedResource({ resourceIdentifier: missing(place) })),
  },
  {
    operation: 'arc-zonal-shift:StartZonalShift',
    name: 'the zone gets no traffic, and the shift is told with its comment',
    agreed: { weights: [0, 1], shifts: [{ isAway: true, appliedStatus: 'APPLIED', comment: 'contract' }] },
    seen: async (place) => {
      const { resourceIdentifier, zones } = await managed(place);
      const [awayFrom = ''] = zones;
      await place.arcZonalShift.startZonalShift({ resourceIdentifier, awayFrom, ...lasting });
      const { appliedWeights = {}, zonalShifts = [] } = await place.arcZonalShift.getManagedResource({
        resourceIdentifier,
      });
      return {
        weights: zones.map((zone) => appliedWeights[zone]),
        shifts: zonalShifts.map(({ awayFrom: away, appliedStatus, comment }) => ({
          isAway: away === awayFrom,
          appliedStatus,
          comment,
        })),
      };
    },
  },
  {
    operation: 'arc-zonal-shift:StartZonalShift',
    name: 'a second shift of the same load balancer is refused',
    agreed: { refused: 'ConflictException' },
    seen: async (place) => {
      const { resourceIdentifier, zones } = await managed(place);
      const [awayFrom = ''] = zones;
      await place.arcZonalShift.startZonalShift({ resourceIdentifier, awayFrom, ...lasting });
      return refusal(place.arcZonalShift.startZonalShift({ resourceIdentifier, awayFrom, ...lasting }));
    },
  },
  {
    operation: 'arc-zonal-shift:StartZonalShift',
    name: 'more than three days, and a zone that the load balancer is not in, are refused',
    agreed: [{ refused: 'ValidationException' }, { refused: 'ValidationException' }],
    seen: async (place) => {
      const { resourceIdentifier, zones } = await managed(place);
      const [awayFrom = ''] = zones;
      const asked = { resourceIdentifier, awayFrom, ...lasting };
      return [
        await refusal(place.arcZonalShift.startZonalShift({ ...asked, expiresIn: '73h' })),
        await refusal(place.arcZonalShift.startZonalShift({ ...asked, awayFrom: 'euc1-az9' })),
      ];
    },
  },
  {
    operation: 'arc-zonal-shift:CancelZonalShift',
    name: 'the zone gets traffic again, and there is nothing to cancel any more',
    agreed: { status: 'CANCELED', shifts: [], again: { refused: 'ConflictException' } },
    seen: async (place) => {
      const { resourceIdentifier, zones } = await managed(place);
      const [awayFrom = ''] = zones;
      const { zonalShiftId = '' } = await place.arcZonalShift.startZonalShift({
        resourceIdentifier,
        awayFrom,
        ...lasting,
      });
      const { status } = await place.arcZonalShift.cancelZonalShift({ zonalShiftId });
      const { zonalShifts } = await place.arcZonalShift.getManagedResource({ resourceIdentifier });
      return {
        status,
        shifts: zonalShifts,
        again: await refusal(place.arcZonalShift.cancelZonalShift({ zonalShiftId })),
      };
    },
  },
  {
    operation: 'arc-zonal-shift:CancelZonalShift',
    name: 'a shift that there is not is an error',
    agreed: notFound,
    seen: ({ arcZonalShift }) => refusal(arcZonalShift.cancelZonalShift({ zonalShiftId: 'no-such-shift' })),
  },
]);
