import { defineRunner, output } from '../contract.ts';
import { composeMail, config } from './index.ts';

export const runner = defineRunner(config, {
  async run(bound, context) {
    const mail = composeMail(bound);
    context.log(`Sending “${mail.subject}” to ${mail.to.length + mail.cc.length + mail.bcc.length} recipient(s)`);
    const receipt = await context.ports.mail.send(mail);
    context.log(receipt.response);
    return output({
      messageId: receipt.messageId,
      accepted: receipt.accepted,
      rejected: receipt.rejected,
      subject: mail.subject,
      to: mail.to,
      ...(receipt.held ? { held: true } : {}),
    });
  },
});
