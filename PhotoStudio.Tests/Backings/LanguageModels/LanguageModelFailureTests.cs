using PhotoStudio.Backings.LanguageModels;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;
using static PhotoStudio.Tests.Backings.LanguageModels.PlanAnswers;
using static PhotoStudio.Tests.Support.ChatCompletionsServer;

namespace PhotoStudio.Tests.Backings.LanguageModels;

/// <summary>A language model that fails in every way there is: the local assistant answers, and nothing leaks.</summary>
public sealed class LanguageModelFailureTests
{
    private const string Message = "rotate it 90 degrees";

    private static string Good { get; } = Plan("flip", Step("flip", new() { ["direction"] = "horizontal" }));

    public static TheoryData<string> Failures => [.. Ways.Keys];

    private static Dictionary<string, (Reply Reply, LanguageModelOutcome Outcome)> Ways { get; } = new(StringComparer.Ordinal)
    {
        ["broken off mid-stream"] = (BreaksOffAfter(Good[..40]), LanguageModelOutcome.Failed),
        ["ended without an end"] = (StopsAfter(Good), LanguageModelOutcome.Cut),
        ["cut at its length"] = (Says(Good[..60], finish: "length"), LanguageModelOutcome.Cut),
        ["filtered"] = (Says("", finish: "content_filter"), LanguageModelOutcome.Declined),
        ["refused"] = (Declines(), LanguageModelOutcome.Declined),
        ["endless"] = (TalksForever(new string('a', 2_000)), LanguageModelOutcome.TooLong),
        ["one endless line"] = (SendsOneEndlessLine(), LanguageModelOutcome.TooLong),
        ["500"] = (Fails(500), LanguageModelOutcome.Failed),
        ["503 that asks for patience"] = (Fails(503, retryAfter: "20"), LanguageModelOutcome.Failed),
        ["401"] = (Fails(401, $"Incorrect API key provided: {LanguageModelUnderTest.Key}."), LanguageModelOutcome.Unauthorized),
        ["404 model"] = (Fails(404, "The model does not exist."), LanguageModelOutcome.Rejected),
        ["429"] = (Fails(429, retryAfter: "60"), LanguageModelOutcome.Limited),
        ["redirect"] = (RedirectsTo("http://127.0.0.1:1/v1/chat/completions"), LanguageModelOutcome.Rejected),
        ["no events"] = (async http =>
        {
            http.Response.ContentType = "text/html";
            await http.Response.Body.WriteAsync("<html>nginx</html>"u8.ToArray());
        }, LanguageModelOutcome.Cut),
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task The_local_assistant_answers_when_the_model(string failure)
    {
        var (reply, outcome) = Ways[failure];
        await using var model = await LanguageModelUnderTest.StartAsync(reply);

        var plan = await model.PlanAsync(Message).SoonAsync();

        plan.Operations.ShouldBe(["rotate"]);
        plan.Model.ShouldBeNull();
        model.Server.Asked.Count.ShouldBe(1, "nothing is tried twice");
        model.LogLines.ShouldContain(line => line.Contains($"understand.v1: {outcome}", StringComparison.Ordinal), string.Join('\n', model.LogLines));
        model.LogLines.ShouldAllBe(line => !line.Contains(LanguageModelUnderTest.Key, StringComparison.Ordinal), "the key is nowhere in the log");
        model.LogLines.ShouldAllBe(line => !line.Contains(Message, StringComparison.Ordinal), "nor is what people wrote");
    }

    [Fact]
    public async Task Broken_json_gets_a_second_round_that_says_what_was_wrong()
    {
        await using var model = await LanguageModelUnderTest.StartAsync(Says("""{"intent":"flip","confidence":0.9,"""), Says(Good));
        (await model.PlanAsync("turn it over like in a mirror")).Operations.ShouldBe(["flip"]);
        model.Server.Asked.Count.ShouldBe(2);
        var second = model.Server.Asked[1]["messages"]!.AsArray();
        second.Count.ShouldBe(4);
        second[3]!.ToJsonString().ShouldContain("was refused");
    }

    [Theory]
    [InlineData("I would flip it for you!")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task Nonsense_twice_is_left_to_the_local_assistant(string nonsense)
    {
        await using var model = await LanguageModelUnderTest.StartAsync(Says(nonsense));
        var plan = await model.PlanAsync(Message);
        plan.Operations.ShouldBe(["rotate"]);
        model.Server.Asked.Count.ShouldBe(2);
        model.LogLines.ShouldContain(line => line.Contains("understand.v1: Invalid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_model_is_not_waited_for()
    {
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await LanguageModelUnderTest.StartAsync(Sleeps(_ => isAsked.TrySetResult()));
        var planning = model.PlanAsync(Message);
        await isAsked.Task.SoonAsync();
        planning.IsCompleted.ShouldBeFalse();
        model.Time.Advance(TimeSpan.FromSeconds(9));
        (await planning.SoonAsync()).Operations.ShouldBe(["rotate"]);
        model.LogLines.ShouldContain(line => line.Contains("understand.v1: TimedOut", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_told_so()
    {
        using var gone = new CancellationTokenSource();
        await using var model = await LanguageModelUnderTest.StartAsync(Sleeps(_ => gone.Cancel()));
        await Should.ThrowAsync<OperationCanceledException>(() => model.Assistant.PlanAsync(new(Message) { Owner = LanguageModelUnderTest.Someone }, gone.Token).AsTask().SoonAsync());
        (await model.Budget.UsedAsync(LanguageModelUnderTest.Someone, default)).ShouldBeGreaterThan(0, "what was sent was sent");
    }

    [Fact]
    public async Task A_provider_that_asks_for_a_rest_gets_it()
    {
        await using var model = await LanguageModelUnderTest.StartAsync(Fails(429, retryAfter: "60"), Says(Good));
        await model.PlanAsync(Message);
        (await model.PlanAsync(Message)).Operations.ShouldBe(["rotate"]);
        model.Server.Asked.Count.ShouldBe(1, "it is not asked again before its time");
        model.Time.Advance(TimeSpan.FromSeconds(61));
        (await model.PlanAsync(Message)).Operations.ShouldBe(["flip"]);
    }

    [Fact]
    public async Task After_three_failures_in_a_row_it_is_left_alone_for_half_a_minute()
    {
        await using var model = await LanguageModelUnderTest.StartAsync(Fails(500), Fails(500), Fails(500), Says(Good));
        for (var i = 0; i < 5; i++) (await model.PlanAsync(Message)).Operations.ShouldBe(["rotate"]);
        model.Server.Asked.Count.ShouldBe(3);
        model.Time.Advance(TimeSpan.FromSeconds(31));
        (await model.PlanAsync(Message)).Operations.ShouldBe(["flip"]);
    }

    [Fact]
    public async Task A_wrong_key_is_an_error_in_the_log_and_is_not_tried_with_every_message()
    {
        await using var model = await LanguageModelUnderTest.StartAsync(Fails(401));
        await model.PlanAsync(Message);
        await model.PlanAsync(Message);
        model.Server.Asked.Count.ShouldBe(1);
        model.LogLines.ShouldContain(line => line.StartsWith("Error:", StringComparison.Ordinal) && line.Contains("does not accept the key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_budget_that_is_spent_leaves_messages_to_the_local_assistant_until_tomorrow()
    {
        await using var model = await LanguageModelUnderTest.StartWithAsync(new() { ["Studio:LanguageModel:TokensPerDay"] = "60000" }, Says(Good, tokens: 55_000));
        (await model.PlanAsync(Message)).Operations.ShouldBe(["flip"]);
        (await model.Budget.UsedAsync(LanguageModelUnderTest.Someone, default)).ShouldBe(55_000);
        (await model.PlanAsync(Message)).Operations.ShouldBe(["rotate"]);
        model.Server.Asked.Count.ShouldBe(1);

        var other = Owner.User(Guid.Parse("22222222-2222-2222-2222-222222222222"));
        (await model.Assistant.PlanAsync(new(Message) { Owner = other, Context = new() { Attachments = [new("photo")] } }, default)).Operations.ShouldBe(["flip"], "another owner has a budget of their own");

        model.Time.Advance(TimeSpan.FromHours(13));
        (await model.PlanAsync(Message)).Operations.ShouldBe(["flip"], "a new day, a new budget");
    }

    [Fact]
    public async Task Guests_share_a_budget_since_anyone_can_be_a_new_one()
    {
        await using var model = await LanguageModelUnderTest.StartWithAsync(new() { ["Studio:LanguageModel:TokensPerDay"] = "60000" }, Says(Good, tokens: 55_000));
        foreach (var (guest, operation) in new[] { ("one", "flip"), ("two", "rotate") })
            (await model.Assistant.PlanAsync(new(Message) { Owner = Owner.Guest(guest), Context = new() { Attachments = [new("photo")] } }, default)).Operations.ShouldBe([operation]);
    }

    [Fact]
    public async Task Budgets_are_exact_when_many_calls_run_at_once()
    {
        await using var model = await LanguageModelUnderTest.StartAsync(Says(Good, tokens: 1_000));
        var plans = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => model.PlanAsync(Message)));
        var asked = plans.Count(plan => plan.Model is not null);
        asked.ShouldBeGreaterThan(0);
        (await model.Budget.UsedAsync(LanguageModelUnderTest.Someone, default)).ShouldBe(1_000 * asked);
    }

    [Fact]
    public async Task Nothing_listens_at_the_endpoint()
    {
        await using var model = await LanguageModelUnderTest.StartWithAsync(new() { ["Studio:LanguageModel:Endpoint"] = "http://127.0.0.1:1/v1" }, Says(Good));
        (await model.PlanAsync(Message)).Operations.ShouldBe(["rotate"]);
        model.LogLines.ShouldContain(line => line.Contains("understand.v1: Failed", StringComparison.Ordinal));
    }
}
