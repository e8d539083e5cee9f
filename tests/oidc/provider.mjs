// An OpenID provider by other people, dressed as one tenant of Entra: its address ends in
// /<tenant>/v2.0, and its id tokens carry oid and tid. Everything else is oidc-provider's own.
//
// Called as: node provider.mjs '<settings as JSON>'; prints its port once it listens, and ends
// when its standard input does.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { Provider } from "oidc-provider";

const settings = JSON.parse(process.argv[2]);
const pem = readFileSync(settings.certificate);
const place = `/${settings.tenant}/v2.0`;

const server = createServer({ key: pem, cert: pem });
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  const handle = new Provider(`https://127.0.0.1:${port}${place}`, configuration()).callback();
  server.on("request", (request, response) => {
    if (!request.url.startsWith(`${place}/`)) {
      response.writeHead(404).end();
      return;
    }
    // The provider finds out where it hangs by comparing the two.
    request.originalUrl = request.url;
    request.url = request.url.slice(place.length);
    handle(request, response);
  });
  console.log(`port ${port}`);
});
process.stdin.resume().on("end", () => process.exit(0));

function configuration() {
  const known = ["sub", "oid", "tid", "name", "preferred_username"];
  return {
    clients: [
      {
        client_id: settings.client,
        client_secret: settings.secret,
        redirect_uris: [settings.redirect],
        grant_types: ["authorization_code", "refresh_token"],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    scopes: ["openid", "profile", "offline_access", ...settings.scopes],
    claims: { openid: known, profile: [] },
    // As Entra does, claims are put into the id token itself.
    conformIdTokenClaims: false,
    rotateRefreshToken: true,
    cookies: { keys: [settings.secret] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ ...settings.person, sub: id, tid: settings.tenant }),
    }),
  };
}
