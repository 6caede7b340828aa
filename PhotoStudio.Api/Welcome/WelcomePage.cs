using System.Net;
using System.Text;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Welcome;

/// <summary>The welcome as a page: what the studio can do, one command to try it, and its endpoints. It loads nothing.</summary>
internal static class WelcomePage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2330; --soft: #5b6475; --line: #dfe3ea; --paper: #fbfbfd; --card: #fff; --accent: #c2410c; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8eaf0; --soft: #a3abbb; --line: #2d3442; --paper: #14171d; --card: #1b1f27; --accent: #fb923c; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 3.5rem 1.25rem 4rem; }
        h1 { font-size: 2.4rem; letter-spacing: -.02em; margin: 0 0 .25rem; }
        h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
        p.lead { color: var(--soft); font-size: 1.15rem; margin: 0 0 1.5rem; }
        nav a { display: inline-block; margin: 0 .5rem .5rem 0; padding: .45rem .9rem; border: 1px solid var(--line); border-radius: .5rem;
          background: var(--card); color: var(--accent); text-decoration: none; font-weight: 600; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .75rem; }
        .cards div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; }
        .cards b { display: block; } .cards span { color: var(--soft); font-size: .92rem; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; overflow-x: auto; }
        code { font: .9rem/1.5 ui-monospace, monospace; }
        details { border-top: 1px solid var(--line); padding: .6rem 0; } summary { cursor: pointer; font-weight: 600; text-transform: capitalize; }
        ul { margin: .5rem 0 0; padding-left: 1.2rem; }
        """;

    /// <summary>The page as HTML.</summary>
    /// <param name="welcome">What it says.</param>
    /// <param name="address">The studio's address as this visitor reached it, for the command to try.</param>
    public static string Render(WelcomeResource welcome, string address)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<title>PhotoStudio</title><style>").Append(Style).Append("</style></head><body><main>")
            .Append($"<h1>{Text(welcome.Name)}</h1><p class=\"lead\">An AI photo studio as a service. Version {Text(welcome.Version)}.</p><nav>")
            .Append("<a href=\"/swagger/\">Try the API</a><a href=\"/redoc/\">Read the API</a><a href=\"/openapi.json\">OpenAPI</a><a href=\"/health\">Health</a></nav>");

        html.Append("<h2>Operations</h2><div class=\"cards\">");
        foreach (var operation in OperationCatalog.All)
            html.Append($"<div><b>{Text(operation.Title)}</b><span>{Text(operation.Description)}</span></div>");
        html.Append("</div><h2>Try it</h2><pre><code>curl -F image=@photo.jpg -H 'Accept: image/*' -o cutout.png \\\n  ")
            .Append($"{Text(address)}/api/v1/operations/remove-background</code></pre>");

        html.Append("<h2>Endpoints</h2>");
        foreach (var (group, endpoints) in welcome.Endpoints)
        {
            html.Append($"<details><summary>{Text(group)}</summary><ul>");
            foreach (var endpoint in endpoints) html.Append($"<li><code>{Text(endpoint)}</code></li>");
            html.Append("</ul></details>");
        }

        return html.Append("</main></body></html>\n").ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
