const lastImport = /(?:^import .*;\n)+/m;
const endOfList = /\n\];\n/;

/** The text of the list of remediations with one more, at its end. Throws where the list is not written as it was. */
export function registered(list: string, name: string, from: string): string {
  const exported = name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const imports = lastImport.exec(list)?.[0];
  if (imports === undefined || !endOfList.test(list)) {
    throw new Error('remediations/index.ts has no list that a line can be added to: add it by hand');
  }
  return list
    .replace(imports, `${imports}import { ${exported} } from '${from}';\n`)
    .replace(endOfList, `\n  ${exported}, // DECIDE: its place, the gentlest of each kind first, and why\n];\n`);
}
