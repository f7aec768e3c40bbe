import { casesOf, refusal } from './case';

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
]);
