// lighthouse.mjs — accessibility and best practices gate at 100; performance is printed where it is asked for.
import { chromiumFlags, chromiumPath, load } from './browser.mjs';

/** On a busy machine Chrome sometimes paints too late for a verdict (an error, or a category without a score): asked again. */
export async function lighthouse(base, path, cookie, speed = true) {
  for (let attempt = 1; ; attempt++) {
    const result = await once(base, path, cookie, speed);
    if (!result.error || attempt === 3) return result;
  }
}

async function once(base, path, cookie, speed) {
  const { default: run } = await load('lighthouse');
  const { launch } = await load('chrome-launcher');
  const chrome = await launch({ chromePath: chromiumPath, chromeFlags: chromiumFlags });
  try {
    const { lhr } = await run(base + path, {
      port: chrome.port, logLevel: 'silent', ...(cookie && { extraHeaders: { Cookie: cookie } }), onlyCategories: ['accessibility', 'best-practices', ...(speed ? ['performance'] : [])] });
    const score = (id) => Math.round(lhr.categories[id].score * 100);
    const unscored = Object.values(lhr.categories).filter((c) => c.score === null).map((c) => `no score for ${c.id}`).join(', ');
    const low = (id) => lhr.categories[id].auditRefs.filter((r) => r.weight > 0 && lhr.audits[r.id].score !== null && lhr.audits[r.id].score < 1).map((r) => r.id);
    return {
      error: lhr.runtimeError?.message ?? Object.values(lhr.audits).find((a) => a.scoreDisplayMode === 'error')?.errorMessage ?? (unscored || undefined),
      accessibility: score('accessibility'), practices: score('best-practices'), performance: speed && score('performance'),
      shift: lhr.audits['cumulative-layout-shift']?.numericValue ?? null,
      low: [...low('accessibility'), ...low('best-practices')] };
  } finally {
    await chrome.kill();
  }
}
