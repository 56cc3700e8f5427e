// lighthouse.mjs — accessibility and best practices, a gate at 100; performance, to be printed.
import { chromiumFlags, chromiumPath, load } from './browser.mjs';

const ATTEMPTS = 3;

/**
 * On a busy machine Chrome sometimes paints too late for a verdict: it cannot be reached, ends with an error, or leaves a category without
 * a score. Then it is asked again, up to three times in all; a verdict is a verdict.
 */
async function ask(base, path, cookie, categories, isVerdict) {
  for (let attempt = 1; ; attempt++) {
    const result = await once(base, path, cookie, categories).catch((e) => ({ error: e.message, score: {}, low: [] }));
    if (isVerdict(result) || attempt === ATTEMPTS) return result;
    console.log(`lighthouse ${path}, asked again: ${[result.error, ...result.low].filter(Boolean).join(', ')}`);
  }
}

/** What is held at 100. */
export async function gate(base, path, cookie) {
  const { error, score, low } = await ask(base, path, cookie, ['accessibility', 'best-practices'], (r) => !r.error);
  return { error, low, accessibility: score.accessibility, practices: score['best-practices'] };
}

/** What is only told. By itself: where an audit stumbles over its own trace, as it does when a page is painted late, that says nothing about the page. */
export async function speed(base, path, cookie) {
  const { error, score, shift } = await ask(base, path, cookie, ['performance'], (r) => r.score.performance > 0);
  return score.performance > 0 ? `performance ${score.performance}, layout shift ${shift}` : `no verdict on performance (${error})`;
}

async function once(base, path, cookie, categories) {
  const { default: run } = await load('lighthouse');
  const { launch } = await load('chrome-launcher');
  const chrome = await launch({ chromePath: chromiumPath, chromeFlags: chromiumFlags });
  try {
    const { lhr } = await run(base + path, {
      port: chrome.port, logLevel: 'silent', ...(cookie && { extraHeaders: { Cookie: cookie } }), onlyCategories: categories });
    const all = Object.values(lhr.categories), unscored = all.filter((c) => c.score === null).map((c) => `no score for ${c.id}`).join(', ');
    return {
      error: lhr.runtimeError?.message ?? Object.values(lhr.audits).find((a) => a.scoreDisplayMode === 'error')?.errorMessage ?? (unscored || undefined),
      score: Object.fromEntries(all.map((c) => [c.id, Math.round(c.score * 100)])),
      shift: lhr.audits['cumulative-layout-shift']?.numericValue ?? null,
      low: all.flatMap((c) => c.auditRefs).filter((r) => r.weight > 0 && lhr.audits[r.id].score !== null && lhr.audits[r.id].score < 1).map((r) => r.id) };
  } finally {
    await chrome.kill();
  }
}
