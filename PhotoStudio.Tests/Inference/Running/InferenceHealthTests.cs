using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Running;
using PhotoStudio.ServiceDefaults.Health;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

public sealed class InferenceHealthTests
{
    private static readonly InferenceRequest Request =
        new("job-1", "resize", """{"width":8}""", [new("image", TestFiles.Encode(TestPictures.Quarters(16, 16), PictureFormat.Png))]);

    private readonly ManualTimeProvider _time = new();
    private bool _breaks;

    [Fact]
    public async Task After_the_start_it_is_ready()
    {
        using var host = Build();
        Health(host).State.ShouldBe(InferenceState.Starting);

        await host.StartAsync();

        await Eventually.BecomesTrueAsync(() => Health(host).State == InferenceState.Ready, "inference is ready");
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Runs_that_break_in_a_row_degrade_it_until_one_delivers_or_a_minute_has_passed()
    {
        using var host = Build();
        await host.StartAsync();
        await Eventually.BecomesTrueAsync(() => Health(host).State == InferenceState.Ready, "inference is ready");

        await BreakAsync(host, times: 2);
        Health(host).State.ShouldBe(InferenceState.Ready);
        await BreakAsync(host, times: 1);
        Health(host).State.ShouldBe(InferenceState.Broken);
        (await CheckAsync(host)).Status.ShouldBe(HealthStatus.Degraded);

        _time.Advance(TimeSpan.FromSeconds(61));
        Health(host).State.ShouldBe(InferenceState.Ready);
        await BreakAsync(host, times: 1);
        Health(host).State.ShouldBe(InferenceState.Broken);
        await host.Services.GetRequiredService<IInference>().RunAsync(Request, null, CancellationToken.None);
        Health(host).State.ShouldBe(InferenceState.Ready);
    }

    [Fact]
    public async Task A_codec_that_does_not_work_makes_it_unhealthy_and_says_why()
    {
        using var host = Build(services => services.Replace(ServiceDescriptor.Singleton<IPictureCodec>(
            _ => throw new DllNotFoundException("libvips is missing; apt-get install libvips42."))));

        await host.StartAsync();

        await Eventually.BecomesTrueAsync(() => Health(host).State == InferenceState.Broken, "inference is broken");
        var result = await CheckAsync(host);
        result.Status.ShouldBe(HealthStatus.Unhealthy);
        result.Description.ShouldNotBeNull().ShouldContain("apt-get install libvips42");
    }

    private IHost Build(Action<IServiceCollection>? change = null)
    {
        var engine = new ScriptedEngine
        {
            Script = (run, cancellationToken) => _breaks
                ? throw new InvalidOperationException("A tensor is not there.")
                : Task.FromResult(new EngineOutput { Pictures = [run.Input().Decode(cancellationToken)] }),
        };
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddLogging();
        builder.Services.AddStudioHealth();
        InferenceUnderTest.Configure(builder, InferenceSetup.With(engine));
        change?.Invoke(builder.Services);
        return builder.Build();
    }

    private async Task BreakAsync(IHost host, int times)
    {
        _breaks = true;
        var inference = host.Services.GetRequiredService<IInference>();
        for (var i = 0; i < times; i++)
        {
            (await Should.ThrowAsync<InferenceException>(() => inference.RunAsync(Request, null, CancellationToken.None)))
                .Fault.ShouldBe(InferenceFault.Broken);
        }

        _breaks = false;
    }

    private static InferenceHealth Health(IHost host) => host.Services.GetRequiredService<InferenceHealth>();

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["inference"];
}
