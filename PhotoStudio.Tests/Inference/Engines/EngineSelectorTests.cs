using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines;

public sealed class EngineSelectorTests
{
    private readonly ScriptedEngine _onnx = new("network") { Tier = EngineTier.Onnx };
    private readonly ScriptedEngine _remote = new("paid") { Tier = EngineTier.Remote };
    private readonly ScriptedEngine _builtin = new("plain") { Tier = EngineTier.Builtin };

    [Fact]
    public void The_first_ready_tier_is_taken_in_the_order_onnx_remote_builtin()
    {
        var selector = Selector();

        Select(selector).ShouldBe(_onnx);
        _onnx.Missing = "no model";
        Select(selector).ShouldBe(_remote);
        _remote.Missing = "no key";
        Select(selector).ShouldBe(_builtin);
        _onnx.Missing = null;
        Select(selector).ShouldBe(_onnx);
    }

    [Fact]
    public void The_list_says_which_engine_takes_the_operation_and_why_the_others_do_not()
    {
        _onnx.Missing = "no model";

        Selector().Statuses().Select(status => (status.Engine, status.Takes, status.PassedOver)).ShouldBe(
            [("network", false, "no model"), ("paid", true, null), ("plain", false, "paid comes first.")]);
        Selector(("resize", "plain")).Statuses().Select(status => (status.Engine, status.Takes, status.PassedOver)).ShouldBe(
        [
            ("network", false, "The configuration pins resize to another engine."),
            ("paid", false, "The configuration pins resize to another engine."),
            ("plain", true, null),
        ]);
    }

    [Theory]
    [InlineData("builtin", "plain")]
    [InlineData("Remote", "paid")]
    [InlineData("network", "network")]
    [InlineData(" plain ", "plain")]
    public void A_pin_names_a_tier_or_an_engine(string pin, string engine) => Select(Selector(("resize", pin))).Name.ShouldBe(engine);

    [Fact]
    public void A_pinned_engine_that_is_not_ready_is_not_replaced_by_another()
    {
        _remote.Missing = "Set Studio:Remote:Key.";

        var fault = Should.Throw<InferenceException>(() => Select(Selector(("resize", "remote"))));

        fault.Fault.ShouldBe(InferenceFault.Unavailable);
        fault.Message.ShouldContain("paid: Set Studio:Remote:Key.");
        fault.Message.ShouldNotContain("network");
    }

    [Fact]
    public void Without_a_ready_engine_every_engine_says_what_it_lacks()
    {
        (_onnx.Missing, _remote.Missing, _builtin.Missing) = ("run: get-model", "set the key", "install libthing");

        var fault = Should.Throw<InferenceException>(() => Select(Selector()));

        fault.Message.ShouldContain("network: run: get-model");
        fault.Message.ShouldContain("paid: set the key");
        fault.Message.ShouldContain("plain: install libthing");
    }

    [Fact]
    public void An_operation_without_any_engine_is_unavailable()
    {
        var fault = Should.Throw<InferenceException>(() => Selector().Select(OperationCatalog.Get("remove-background")));

        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Unavailable, "engine_unavailable"));
    }

    [Fact]
    public void Two_engines_of_an_operation_may_not_share_a_name() =>
        Should.Throw<InvalidOperationException>(
                () => new EngineSelector([_onnx, new ScriptedEngine("network")], Options.Create(new InferenceOptions())))
            .Message.ShouldContain("network");

    [Fact]
    public void An_engine_of_no_operation_is_a_mistake() =>
        Should.Throw<InvalidOperationException>(
                () => new EngineSelector([new ScriptedEngine(operation: "levitate")], Options.Create(new InferenceOptions())))
            .Message.ShouldContain("levitate");

    [Fact]
    public async Task Every_setting_that_makes_no_sense_is_named_when_the_process_starts()
    {
        var setup = new InferenceSetup([_builtin], new Dictionary<string, string?>
        {
            ["Slots"] = "0",
            ["QueueLength"] = "-1",
            ["MemoryBytes"] = "12",
        });

        var fault = await Should.ThrowAsync<OptionsValidationException>(() => InferenceUnderTest.InProcessAsync(setup));

        fault.Failures.Count().ShouldBe(3);
        fault.Message.ShouldContain("Studio:Inference:Slots is '0'");
        fault.Message.ShouldContain("Studio:Inference:QueueLength is '-1'");
        fault.Message.ShouldContain("Studio:Inference:MemoryBytes is '12'");
    }

    [Fact]
    public async Task Every_pin_that_makes_no_sense_is_named_when_the_process_starts()
    {
        var setup = new InferenceSetup([_builtin], new Dictionary<string, string?>
        {
            ["Engines:resize"] = "quantum",
            ["Engines:levitate"] = "builtin",
            ["Engines:remove_background"] = "builtin",
        });

        var fault = await Should.ThrowAsync<OptionsValidationException>(() => InferenceUnderTest.InProcessAsync(setup));

        fault.Failures.Count().ShouldBe(3);
        fault.Message.ShouldContain("Studio:Inference:Engines:resize is 'quantum'; it must be one of builtin, plain.");
        fault.Message.ShouldContain("Studio:Inference:Engines:levitate names no operation");
        fault.Message.ShouldContain("Studio:Inference:Engines:remove_background is 'builtin'; it must be left out, for it has no engine.");
    }

    [Fact]
    public async Task An_engine_may_ask_for_the_model_sessions_and_the_settings()
    {
        await using var service = await InferenceServiceHost.StartAsync(
            services: services => services.AddSingleton<IEngine, EngineWithModels>());

        service.Services.GetServices<IEngine>().OfType<EngineWithModels>().ShouldHaveSingleItem().Slots.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Every_engine_of_the_project_is_found()
    {
        await using var studio = await InferenceUnderTest.InProcessAsync(new());

        studio.Services.GetServices<IEngine>().Select(engine => engine.GetType()).ShouldBe(
            typeof(IEngine).Assembly.GetTypes()
                .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEngine))),
            ignoreOrder: true);
        (await studio.Inference.EnginesAsync(CancellationToken.None)).ShouldContain(
            new EngineStatus("resize", "lanczos", EngineTier.Builtin, "1", Ready: true) { Takes = true });
    }

    private EngineSelector Selector(params (string Operation, string Pin)[] pins)
    {
        var options = new InferenceOptions();
        foreach (var (operation, pin) in pins) options.Engines[operation] = pin;
        return new([_builtin, _onnx, _remote], Options.Create(options));
    }

    private static IEngine Select(EngineSelector selector) => selector.Select(OperationCatalog.Get("resize"));

    private sealed class EngineWithModels(OnnxSessions sessions, IOptions<InferenceOptions> options) : IEngine
    {
        public int Slots => options.Value.EffectiveSlots;

        public string Operation => "resize";

        public string Name => "with-models";

        public EngineTier Tier => EngineTier.Onnx;

        public string Version => "1";

        public string? Missing => sessions.Budget > 0 ? "no model" : null;

        public long MemoryFor(EngineRun run) => 0;

        public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
