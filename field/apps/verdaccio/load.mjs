// Writes packages with many versions into Verdaccio's storage: a document and one small archive of each.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
const [storage, packages, versions] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const archive = gzipSync(Buffer.alloc(30_000, 'field '));
const shasum = createHash('sha1').update(archive).digest('hex');
const names = [];
for (let p = 0; p < packages; p++) {
  const name = `package-${p}`;
  names.push(name);
  const all = {}, time = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' }, files = {};
  for (let v = 0; v < versions; v++) {
    const version = `1.${v}.0`;
    const file = `${name}-${version}.tgz`;
    time[version] = '2026-01-01T00:00:00.000Z';
    files[file] = { shasum, version };
    all[version] = {
      name, version, description: `what ${name} does in ${version}`, main: 'index.js', license: 'MIT',
      dependencies: Object.fromEntries(Array.from({ length: 12 }, (_, d) => [`package-${(p + d + 1) % packages}`, `^1.${d}.0`])),
      dist: { shasum, tarball: `http://localhost/${name}/-/${file}` },
      readmeFilename: 'README.md', _id: `${name}@${version}`, _nodeVersion: '22.0.0', _npmVersion: '10.0.0',
    };
  }
  mkdirSync(`${storage}/${name}`, { recursive: true });
  writeFileSync(`${storage}/${name}/${name}-1.0.0.tgz`, archive);
  writeFileSync(`${storage}/${name}/package.json`, JSON.stringify({
    name, versions: all, time, users: {}, 'dist-tags': { latest: `1.${versions - 1}.0` }, _uplinks: {}, _distfiles: {},
    _attachments: files, _rev: '1-0', _id: name, readme: 'words '.repeat(500),
  }));
}
writeFileSync(`${storage}/.verdaccio-db.json`, JSON.stringify({ list: names, secret: '0'.repeat(32) }));
