using Microsoft.Extensions.Options;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Worker;

public sealed class WorkerOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Studio:Worker:Name", "a name/1")]
    [InlineData("Studio:Worker:Slots", "0")]
    [InlineData("Studio:Worker:Slots", "many")]
    [InlineData("Studio:Worker:Lease", "00:00:00.5")]
    [InlineData("Studio:Worker:Heartbeat", "00:00:20")]
    [InlineData("Studio:Worker:PollInterval", "00:00:00")]
    [InlineData("Studio:Worker:SweepInterval", "1.00:00:00")]
    [InlineData("Studio:Worker:TidyAfter", "00:00:01")]
    [InlineData("Studio:Queue:Capacity", "0")]
    [InlineData("Studio:Queue:RedeliverAfter", "00:00:00")]
    [InlineData("Studio:Events:EventsPerWatcher", "1")]
    [InlineData("Studio:Events:Jobs", "-1")]
    [InlineData("Studio:Jobs:MaxFailures", "0")]
    [InlineData("Studio:Jobs:FirstDelay", "01:00:00")]
    [InlineData("Studio:PublicUrl", "studio.example")]
    [InlineData("Studio:Files:SigningKey", "short")]
    [InlineData("ConnectionStrings:studio", "Database=studio")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_and_is_named(string setting, string value)
    {
        WorkerSetup setup = new() { Settings = new Dictionary<string, string?> { [setting] = value } };

        var refusal = await Should.ThrowAsync<Exception>(() => WorkerUnderTest.StartAsync(_folder, setup));

        (refusal is OptionsValidationException or InvalidOperationException).ShouldBeTrue(refusal.ToString());
        refusal.Message.ShouldContain(setting);
        File.Exists(_folder.In("data", "studio.db")).ShouldBeFalse("nothing is touched before the settings are checked");
    }

    [Fact]
    public async Task The_settings_as_they_come_make_sense()
    {
        await using var worker = await WorkerUnderTest.StartAsync(_folder, new WorkerSetup { TwoSlots = false });
        worker.Bell.Capacity.ShouldBe(2 * Environment.ProcessorCount);
    }
}
