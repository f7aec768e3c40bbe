import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const spec = loadAwsServiceSpecSync();

interface Type {
  readonly type: string;
  readonly element?: Type;
  readonly reference?: { readonly $ref: string };
}

/** Where an event differs from the schema that AWS publishes for its detail-type; nothing where AWS publishes none. */
export function publishedProblems(event: Readonly<Record<string, unknown>>): readonly string[] {
  // What AWS publishes as S3's calls are calls on objects: those on buckets have neither keys nor all the rest.
  if (event['source'] === 'aws.s3' && event['detail-type'] === 'AWS API Call via CloudTrail') return [];
  const published = spec
    .all('event')
    .find(({ source, detailType }) => source === event['source'] && detailType === event['detail-type']);
  return published ? problemsOf(event['detail'], published.rootProperty.$ref, 'detail') : [];
}

function problemsOf(value: unknown, definition: string, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`];
  const { name, properties } = spec.get('eventTypeDefinition', definition);
  // The published schema knows alarms on metrics only: a formula or query has an expression in place of the metric.
  if (name === 'ConfigurationItem' && 'expression' in value) return [];
  return Object.entries(properties).flatMap(([key, property]) => {
    const field: unknown = (value as Record<string, unknown>)[key];
    if (field === undefined) return property.required ? [`${path}.${key} is missing`] : [];
    return typeProblems(field, property.type, `${path}.${key}`);
  });
}

function typeProblems(value: unknown, type: Type, path: string): readonly string[] {
  switch (type.type) {
    case 'json':
      return [];
    case 'array':
      if (!Array.isArray(value)) return [`${path} is no array`];
      return value.flatMap((item, index) => typeProblems(item, type.element!, `${path}.${index}`));
    case 'map':
      if (typeof value !== 'object' || value === null) return [`${path} is no map`];
      return Object.entries(value).flatMap(([key, item]) => typeProblems(item, type.element!, `${path}.${key}`));
    case 'integer':
      return Number.isInteger(value) ? [] : [`${path} is no integer`];
    case 'ref':
      return problemsOf(value, type.reference!.$ref, path);
    default:
      return typeof value === type.type ? [] : [`${path} is no ${type.type}`];
  }
}
