// A mail server that takes every letter of whoever signs in as studio / secret and writes it, from a line with who may read it, to its output.
// Arguments: the port, and "plain" to offer no encryption.
const { SMTPServer } = require('smtp-server');

const [port, kind] = process.argv.slice(2);
new SMTPServer({
  disabledCommands: kind === 'plain' ? ['STARTTLS'] : [],
  authOptional: kind === 'plain',
  onAuth: ({ username, password }, session, done) =>
    username === 'studio' && password === 'secret' ? done(null, { user: username }) : done(new Error('wrong name or password')),
  onData(stream, { envelope }, done) {
    let letter = '';
    stream.on('data', chunk => { letter += chunk; });
    stream.on('end', () => {
      process.stdout.write(`TO ${envelope.rcptTo.map(to => to.address).join(' ')}\n${letter}\nEND\n`);
      done();
    });
  },
}).listen(Number(port), '127.0.0.1');
