import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails with every serious or critical finding, and where it is. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // A sandboxed frame never answers axe; what is in it comes from outside and is not ours to judge.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').setLegacyMode(true).analyze();
  const findings = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html.slice(0, 160)).join('\n  ')}`);
  expect(findings.join('\n'), where).toBe('');
}
