import type { RecordSet } from './schema';

/** Whether a record set with this health check is answered by; one without a health check always is. */
type Passes = (healthCheck: string | undefined) => boolean;

/** As Route 53 writes it. */
export function written(name: string): string {
  return name.toLowerCase().replace(/\.?$/, '.');
}

/** The values that Route 53 may answer a client who asks for the name. A name that stands for another is followed. */
export function answersTo(name: string, sets: readonly RecordSet[], passes: Passes): readonly string[] {
  const own = sets.filter((one) => written(one.name) === written(name));
  return chosen(own, passes).flatMap(({ type, values }) =>
    type === 'CNAME' ? values.flatMap((other) => followed(other, sets, passes)) : values,
  );
}

/** The same for a name of which it is not known whether a zone has it: one that none has stands for itself. */
export function followed(name: string, sets: readonly RecordSet[], passes: Passes): readonly string[] {
  const isOurs = sets.some((one) => written(one.name) === written(name));
  return isOurs ? answersTo(name, sets, passes) : [name];
}

/** Whatever it might answer some time: of all of the name's record sets. */
export function anyAnswerTo(name: string, sets: readonly RecordSet[]): readonly string[] {
  const own = sets.filter((one) => written(one.name) === written(name));
  if (own.length === 0) return [name];
  return own.flatMap(({ type, values }) =>
    type === 'CNAME' ? values.flatMap((other) => anyAnswerTo(other, sets)) : values,
  );
}

/** By failover or by weight, and healthy; where none is, Route 53 answers as if all were. */
function chosen(sets: readonly RecordSet[], passes: Passes): readonly RecordSet[] {
  const healthy = sets.filter(({ healthCheck }) => passes(healthCheck));
  const primary = healthy.find(({ failover }) => failover === 'PRIMARY');
  if (primary) return [primary];
  const carrying = (among: readonly RecordSet[]): readonly RecordSet[] => among.filter(({ weight }) => weight !== 0);
  return [carrying(healthy), healthy, carrying(sets)].find((among) => among.length > 0) ?? sets;
}
