using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Onnx;

public sealed class MicroBatcherTests : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(5);

    private readonly OnnxSessionsUnderTest _sessions = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _sessions.Dispose();

    [Fact]
    public async Task Requests_of_one_shape_go_through_together_and_each_gets_its_own_answer()
    {
        var model = BatchSize();
        var batcher = Batcher(most: 8);
        var answers = Enumerable.Range(0, 3).Select(i => batcher.RunAsync(model, Filled(i, 4), CancellationToken.None)).ToArray();
        await PassWindowAsync(batcher, waiting: 3);

        for (var i = 0; i < 3; i++)
        {
            var answer = await answers[i];
            answer.Shape.ShouldBe([1, 4]);
            answer.Values.ShouldBe([i + 3, i + 3, i + 3, i + 3], "its own values plus the number that went together");
        }
    }

    [Fact]
    public async Task A_full_batch_does_not_wait_and_the_next_request_begins_another()
    {
        var model = BatchSize();
        var batcher = Batcher(most: 2);
        var answers = Enumerable.Range(0, 5).Select(i => batcher.RunAsync(model, Filled(i, 4), CancellationToken.None)).ToArray();

        // Which of them is left over depends on when each finds the model loaded.
        await Eventually.BecomesTrueAsync(() => answers.Count(answer => answer.IsCompleted) == 4, "two batches are full");
        var last = Array.FindIndex(answers, answer => !answer.IsCompleted);
        await PassWindowAsync(batcher, waiting: 1);
        for (var i = 0; i < 5; i++) (await answers[i]).Values[0].ShouldBe(i + (i == last ? 1 : 2));
    }

    [Fact]
    public async Task Requests_of_other_shapes_go_apart()
    {
        var model = BatchSize();
        var batcher = Batcher(most: 8);
        Task<FloatTensor>[] answers =
        [
            batcher.RunAsync(model, Filled(1, 4), CancellationToken.None), batcher.RunAsync(model, Filled(2, 6), CancellationToken.None),
            batcher.RunAsync(model, Filled(3, 4), CancellationToken.None),
        ];
        await PassWindowAsync(batcher, waiting: 3);
        (await answers[0]).Values.ShouldBe([3f, 3, 3, 3]);
        (await answers[1]).Values.ShouldBe([3f, 3, 3, 3, 3, 3]);
        (await answers[2]).Values.ShouldBe([5f, 5, 5, 5]);
    }

    [Fact]
    public async Task A_request_that_is_given_up_leaves_the_others_to_themselves()
    {
        var model = BatchSize();
        var batcher = Batcher(most: 8);
        using var cancel = new CancellationTokenSource();
        var gone = batcher.RunAsync(model, Filled(1, 4), cancel.Token);
        var stays = batcher.RunAsync(model, Filled(2, 4), CancellationToken.None);
        await Eventually.BecomesTrueAsync(() => batcher.Waiting == 2, "both wait");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(gone.SoonAsync());
        await PassWindowAsync(batcher, waiting: 2);
        (await stays).Values[0].ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_reaches_everyone_who_waits()
    {
        // Four values do not go into a shape of three.
        var path = new OnnxModelWriter().Input("x", -1, 4).Output("y", -1, 3).Integers("s", -1, 3).Reshape("x", "s", "y").Save(_sessions.PathOf("broken.onnx"));
        var batcher = Batcher(most: 2);
        OnnxModel model = new(path, [new("x", null, 4)], [new("y", null, 3)]);
        var answers = Enumerable.Range(0, 2).Select(i => batcher.RunAsync(model, Filled(i, 4), CancellationToken.None)).ToArray();
        foreach (var answer in answers) (await Should.ThrowAsync<InferenceException>(answer.SoonAsync())).Fault.ShouldBe(InferenceFault.Broken);
    }

    [Fact]
    public async Task A_model_of_one_picture_at_a_time_is_run_at_once()
    {
        var batcher = Batcher(most: 8);
        (await batcher.RunAsync(_sessions.Adder("add.onnx", count: 2, weight: 3), new([1, 2], 1, 2), CancellationToken.None)).Values.ShouldBe([4f, 5]);
    }

    [Fact]
    public async Task The_published_super_resolution_answers_the_same_in_a_batch()
    {
        if (SharedModels.Find("super_resolution_x3_y.onnx") is not { } path) return;
        OnnxModel model = new(path, [new("input", null, 1, 224, 224)], [new("output", null, 1, 672, 672)]);
        FloatTensor[] inputs =
        [
            .. Enumerable.Range(1, 3).Select(seed =>
                PictureTensors.FromPicture(TestPictures.Photo(224, 224, seed), new TensorForm(ChannelOrder.Gray))),
        ];
        var batcher = Batcher(most: 3);
        var answers = inputs.Select(input => batcher.RunAsync(model, input, CancellationToken.None)).ToArray();
        using var session = await _sessions.Store.AcquireAsync(model, CancellationToken.None);
        for (var i = 0; i < inputs.Length; i++)
        {
            using var alone = session.Run([("input", inputs[i])], ["output"], CancellationToken.None);
            var expected = alone.Values("output").ToArray();
            var together = (await answers[i]).Values;
            together.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-5f);
        }
    }

    // y = x + how many go through together: a one for each, added up.
    private OnnxModel BatchSize()
    {
        var path = new OnnxModelWriter().Input("x", -1, -1).Output("y", -1, -1)
            .Weights("zero", [0], 1).Weights("one", [1], 1).Mul("x", "zero", "none").Add("none", "one", "ones")
            .Integers("first", 0).Sum("ones", "first", "size").Add("x", "size", "y").Save(_sessions.PathOf("count.onnx"));
        return new(path, [new("x", null, null)], [new("y", null, null)]);
    }

    private static FloatTensor Filled(float value, int count) => new([.. Enumerable.Repeat(value, count)], 1, count);

    private MicroBatcher Batcher(int most)
    {
        var options = new InferenceOptions { Device = DeviceChoice.Cpu, Slots = 1 };
        (options.Models.BatchWindowMilliseconds, options.Models.MostInBatch) = (Window.TotalMilliseconds, most);
        var wrapped = Options.Create(options);
        return new(_sessions.Store, new ExecutionDevice(wrapped, NullLogger<ExecutionDevice>.Instance), wrapped, _time);
    }

    // A request joins its batch once its model is loaded, which takes as long as it takes.
    private async Task PassWindowAsync(MicroBatcher batcher, int waiting)
    {
        await Eventually.BecomesTrueAsync(() => batcher.Waiting == waiting, $"{waiting} requests wait");
        _time.Advance(Window);
    }
}
