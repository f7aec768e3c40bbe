type OneOrMore<T> = T | readonly T[];

interface TrustPolicy {
  readonly Statement?: OneOrMore<{
    readonly Effect?: string;
    readonly Principal?: string | Readonly<Record<string, OneOrMore<string>>>;
  }>;
}

/** Whom a trust policy lets in, whatever its conditions. IAM hands it out URL-encoded. */
export function trustedBy(encoded = '{}'): readonly string[] {
  const { Statement = [] } = JSON.parse(decodeURIComponent(encoded)) as TrustPolicy;
  const allowed = [Statement].flat().filter(({ Effect }) => Effect === 'Allow');
  return [...new Set(allowed.flatMap(({ Principal = {} }) => namesIn(Principal)))];
}

function namesIn(principal: string | Readonly<Record<string, OneOrMore<string>>>): readonly string[] {
  return typeof principal === 'string' ? [principal] : Object.values(principal).flat();
}
