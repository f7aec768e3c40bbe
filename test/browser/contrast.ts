/**
 * Runs in the page: every element with text of its own that can be seen, with the contrast of its text to what is behind it
 * (WCAG 2.2, 1.4.3), where that is below `least`.
 */
export const paleTexts = (least: number): string => `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (at.namespaceURI !== 'http://www.w3.org/2000/svg' && (channels(colour)[3] ?? 1) > 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  return [...document.body.querySelectorAll('*')]
    .filter((element) => own(element) && !element.matches('script, title, noscript, option') && element.checkVisibility())
    .map((element) => {
      const style = getComputedStyle(element);
      const colour = element.matches('svg *') ? style.fill : style.color;
      const [dark, bright] = [light(colour), light(behind(element))].sort((a, b) => a - b);
      return { text: element.textContent.trim().slice(0, 40), contrast: (bright + 0.05) / (dark + 0.05) };
    })
    .filter(({ contrast }) => contrast < ${least});
})()`;
