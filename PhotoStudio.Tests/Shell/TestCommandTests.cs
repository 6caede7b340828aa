using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Shell;

public sealed class TestCommandTests : IDisposable
{
    private readonly StudioCopy _copy = new();

    public TestCommandTests() => _copy.Environment["STUDIO_EDITION"] = "portable";

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task The_last_line_counts_what_passed_and_failed()
    {
        Results("Passed", "Passed", "Failed");
        _copy.Environment["FAKE_TEST_STATUS"] = "1";

        StudioCall call = await _copy.Studio("test");

        call.LastLine.ShouldBe("2 passed, 1 failed");
        call.Status.ShouldBe(1);
    }

    [Fact]
    public async Task Skipped_tests_are_told_when_there_are_any()
    {
        Results("Passed", "NotExecuted", "NotExecuted");

        StudioCall call = await _copy.Studio("test");

        call.LastLine.ShouldBe("1 passed, 0 failed, 2 skipped");
        call.Status.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_without_a_test_does_not_count_as_a_success()
    {
        Results();

        StudioCall call = await _copy.Studio("test", "NoSuchTest");

        call.LastLine.ShouldBe("0 passed, 0 failed");
        call.Status.ShouldBe(1);
    }

    [Fact]
    public async Task A_test_process_that_dies_counts_as_a_failure()
    {
        _copy.Environment["FAKE_TEST_STATUS"] = "134";

        StudioCall call = await _copy.Studio("test");

        call.LastLine.ShouldBe("0 passed, 1 failed");
        call.Errors.ShouldContain("ended with 134");
        call.Status.ShouldBe(1);
    }

    [Theory]
    [InlineData("Codecs", "FullyQualifiedName~Codecs")]
    [InlineData("Jobs(x)", @"FullyQualifiedName~Jobs\(x\)")]
    [InlineData("FullyQualifiedName!~Png&Category=fast", "FullyQualifiedName!~Png&Category=fast")]
    public async Task A_filter_is_a_part_of_the_name_or_an_expression(string filter, string passedOn)
    {
        Results("Passed");

        await _copy.Studio("test", filter);

        _copy.Calls[^1].ShouldContain($" --filter {passedOn} ");
    }

    [Fact]
    public async Task Continuous_integration_ends_with_the_same_line()
    {
        Results("Passed");

        StudioCall call = await _copy.Call(_copy.PathOf(".ci/run"));

        call.LastLine.ShouldBe("1 passed, 0 failed");
        call.Status.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_tests_built_the_studio_runs()
    {
        Results("Passed");
        await _copy.Studio("test");
        _copy.ForgetCalls();

        await _copy.Studio("run");

        _copy.Calls.ShouldHaveSingleItem().ShouldContain("PhotoStudio.Standalone.dll");
    }

    /// <summary>A result file as <c>dotnet test</c> writes it, with a test name that looks like one.</summary>
    private void Results(params string[] outcomes)
    {
        const string TestName = "says(text: &quot; outcome=&quot;Failed&quot;&gt;)";
        IEnumerable<string> results = outcomes.Select((outcome, index) =>
            $"""    <UnitTestResult executionId="{index}" testName="{TestName}" outcome="{outcome}" testListId="1" />""");
        _copy.Write("results.trx", $"""
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun>
              <Results>
            {string.Join('\n', results)}
              </Results>
              <ResultSummary outcome="Completed"><Counters total="{outcomes.Length}" /></ResultSummary>
            </TestRun>
            """);
        _copy.Environment["FAKE_TRX"] = _copy.PathOf("results.trx");
    }
}
