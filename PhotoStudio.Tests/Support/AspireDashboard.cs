using System.Globalization;
using System.Text.Json;
using Shouldly;

namespace PhotoStudio.Tests.Support;

/// <summary>The Aspire dashboard from npm, which takes telemetry over OTLP and is asked for it by its own command line.</summary>
internal sealed class AspireDashboard : IAsyncDisposable
{
    private readonly PrivateServer _server;
    private readonly string[] _program;
    private readonly string _address;

    private AspireDashboard(PrivateServer server, string[] program, string address, string endpoint) =>
        (_server, _program, _address, Endpoint) = (server, program, address, endpoint);

    /// <summary>Where it takes telemetry, in protobuf over HTTP.</summary>
    public string Endpoint { get; }

    /// <summary>The settings that have a process send everything here, soon.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
    };

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<AspireDashboard> StartAsync()
    {
        var file = Repository.PathOf("build", "test-servers", "node_modules", "@microsoft", "aspire-cli-linux-x64", "bin", "aspire");
        if (!File.Exists(file)) throw new FileNotFoundException("The Aspire dashboard is not on this machine; './studio test' fetches it.", file);

        // It unpacks itself below HOME, and asks no questions. It names cultures, which without ICU's data are all the invariant one.
        var folder = await PrivateServer.MakeFolderAsync();
        string[] program =
        [
            "env", $"HOME={folder}", "ASPIRE_CLI_TELEMETRY_OPTOUT=true",
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=0", file,
        ];
        string[] addresses = [.. Enumerable.Range(0, 3).Select(_ => $"http://127.0.0.1:{ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture)}")];
        var server = PrivateServer.Start(
            folder,
            user: null,
            [
                .. program, "dashboard", "run", "--non-interactive", "--nologo", "--allow-anonymous",
                "--frontend-url", addresses[0], "--otlp-grpc-url", addresses[1], "--otlp-http-url", addresses[2],
            ]);
        AspireDashboard dashboard = new(server, program, addresses[0], addresses[2]);
        await server.WaitUntilAsync(dashboard.AnswerAsync);
        return dashboard;
    }

    /// <summary>Asks the dashboard by its command line.</summary>
    /// <param name="what"><c>traces</c>, <c>spans</c> or <c>logs</c>.</param>
    /// <param name="options">Further words of the command.</param>
    public async Task<JsonElement> AskAsync(string what, params string[] options)
    {
        string[] command = [.. _program, "otel", what, "--dashboard-url", _address, "--format", "Json", "--non-interactive", "--nologo", .. options];
        return JsonSerializer.Deserialize<JsonElement>(await CommandLine.RunAsync(command[0], command[1..]));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync()
    {
        try
        {
            await AskAsync("traces");
        }
        catch (ShouldAssertException exception)
        {
            throw new InvalidOperationException("The dashboard does not answer yet.", exception);
        }
    }
}
