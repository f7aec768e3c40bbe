import type { StaticListSchema, StaticMapSchema, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

/** Namespace of the shapes, as AWS's model of the service has it. */
export const shapes = 'com.amazonaws.arczonalshift';

// Shapes as the SDK writes them: 0 is a text, 1 a number, 4 a time.
const summary: StaticStructureSchema = [
  3,
  shapes,
  'AutoshiftSummary',
  0,
  ['awayFrom', 'startTime', 'status', 'endTime'],
  [0, 4, 0, 4],
];
const summaries: StaticListSchema = [1, shapes, 'AutoshiftSummaries', 0, () => summary];
const shiftInResource: StaticStructureSchema = [
  3,
  shapes,
  'ZonalShiftInResource',
  0,
  ['appliedStatus', 'zonalShiftId', 'awayFrom', 'expiryTime', 'startTime', 'comment', 'shiftType'],
  [0, 0, 0, 4, 4, 0, 0],
];
const autoshiftInResource: StaticStructureSchema = [
  3,
  shapes,
  'AutoshiftInResource',
  0,
  ['appliedStatus', 'awayFrom', 'startTime'],
  [0, 0, 4],
];
const weights: StaticMapSchema = [2, shapes, 'AppliedWeights', 0, 0, 1];
const shiftsInResource: StaticListSchema = [1, shapes, 'ZonalShiftsInResource', 0, () => shiftInResource];
const autoshiftsInResource: StaticListSchema = [1, shapes, 'AutoshiftsInResource', 0, () => autoshiftInResource];
const zonalShift: StaticStructureSchema = [
  3,
  shapes,
  'ZonalShift',
  0,
  ['zonalShiftId', 'resourceIdentifier', 'awayFrom', 'expiryTime', 'startTime', 'status', 'comment'],
  [0, 0, 0, 4, 4, 0, 0],
];

type Members = Readonly<Record<string, StaticStructureSchema[5][number]>>;

function structure(name: string, members: Members): StaticStructureSchema {
  return [3, shapes, name, 0, Object.keys(members), Object.values(members)];
}

function operation(
  name: string,
  http: readonly [method: string, path: string, status: number],
  input: Members,
  output: StaticStructureSchema,
): StaticOperationSchema {
  const asked = structure(`${name}Request`, input);
  return [9, shapes, name, { http: [...http] }, () => asked, () => output];
}

/** The operations that are called here, as the service's model of 2022-10-30 has them. */
export const operations = {
  ListAutoshifts: operation(
    'ListAutoshifts',
    ['GET', '/autoshifts', 200],
    {
      nextToken: [0, { httpQuery: 'nextToken' }],
      status: [0, { httpQuery: 'status' }],
      maxResults: [1, { httpQuery: 'maxResults' }],
    },
    structure('ListAutoshiftsResponse', { items: () => summaries, nextToken: 0 }),
  ),
  GetManagedResource: operation(
    'GetManagedResource',
    ['GET', '/managedresources/{resourceIdentifier}', 200],
    { resourceIdentifier: [0, { httpLabel: 1 }] },
    structure('GetManagedResourceResponse', {
      arn: 0,
      appliedWeights: () => weights,
      zonalShifts: () => shiftsInResource,
      autoshifts: () => autoshiftsInResource,
    }),
  ),
  StartZonalShift: operation(
    'StartZonalShift',
    ['POST', '/zonalshifts', 201],
    { resourceIdentifier: 0, awayFrom: 0, expiresIn: 0, comment: 0 },
    zonalShift,
  ),
  CancelZonalShift: operation(
    'CancelZonalShift',
    ['DELETE', '/zonalshifts/{zonalShiftId}', 200],
    { zonalShiftId: [0, { httpLabel: 1 }] },
    zonalShift,
  ),
};
