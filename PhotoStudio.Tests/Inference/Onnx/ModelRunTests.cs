using Microsoft.ML.OnnxRuntime;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Onnx;

/// <summary>How models run: numbers of other types, bound tensors, the device's queue, and the watch over what runs where.</summary>
public sealed class ModelRunTests : IDisposable
{
    private readonly OnnxSessionsUnderTest _sessions = new();

    public void Dispose() => _sessions.Dispose();

    [Fact]
    public async Task A_model_of_half_precision_gets_and_gives_floats()
    {
        var path = new OnnxModelWriter().TypedInput("x", OnnxModelWriter.Half, 1, 3).TypedOutput("y", OnnxModelWriter.Half, 1, 3)
            .Identity("x", "y").Save(_sessions.PathOf("half.onnx"));
        using var session = await _sessions.Store.AcquireAsync(new(path, [new("x", 1, 3)], [new("y", 1, 3)]), CancellationToken.None);
        using var outputs = session.Run([("x", new([0.5f, -2, 1 / 3f], 1, 3))], ["y"], CancellationToken.None);
        outputs.Values("y").ToArray().ShouldBe([0.5f, -2, (float)(Half)(1 / 3f)]);
        session.WorksOnFloats.ShouldBeFalse();
        Should.Throw<InferenceException>(() => session.Bind([("x", new(1, 3))], [("y", new(1, 3))])).Code.ShouldBe("model_mismatch");
    }

    [Fact]
    public async Task Bytes_are_rounded_and_clamped_where_a_model_wants_them_and_refused_where_it_should_not()
    {
        var path = new OnnxModelWriter().TypedInput("x", OnnxModelWriter.Byte, 1, 4).TypedOutput("y", OnnxModelWriter.Byte, 1, 4)
            .Identity("x", "y").Save(_sessions.PathOf("bytes.onnx"));
        OnnxModel model = new(path, [new("x", 1, 4) { AllowsBytes = true }], [new("y", 1, 4) { AllowsBytes = true }]);
        using var session = await _sessions.Store.AcquireAsync(model, CancellationToken.None);
        using var outputs = session.Run([("x", new([-3, 1.6f, 254.4f, 300], 1, 4))], ["y"], CancellationToken.None);
        outputs.Values("y").ToArray().ShouldBe([0f, 2, 254, 255]);

        var strict = model with { Inputs = [new("x", 1, 4)] };
        (await Should.ThrowAsync<InferenceException>(async () => await _sessions.Store.AcquireAsync(strict, CancellationToken.None)))
            .Message.ShouldContain("not a tensor of 32-bit floats");
    }

    [Fact]
    public async Task Inputs_and_outputs_without_published_names_are_meant_by_their_place()
    {
        var path = new OnnxModelWriter().Input("a.1", 1, 2).Input("b.7", 1, 2).Output("1959", 1, 2).Output("1960", 1, 2)
            .Sub("a.1", "b.7", "1959").Add("a.1", "b.7", "1960").Save(_sessions.PathOf("places.onnx"));
        OnnxModel model = new(path, [new("#0", 1, 2), new("#1", 1, 2)], [new("#0"), new("#1", 1, 2)]);
        using var session = _sessions.Store.Acquire(model, CancellationToken.None);
        using var outputs = session.Run([("#0", new([5, 6], 1, 2)), ("#1", new([1, 2], 1, 2))], ["#1", "#0"], CancellationToken.None);
        outputs.Values("#0").ToArray().ShouldBe([4f, 4]);
        outputs.Values("#1").ToArray().ShouldBe([6f, 8]);

        var more = model with { Inputs = [.. model.Inputs, new("#2", 1, 2)] };
        Should.Throw<InferenceException>(() => _sessions.Store.Acquire(more, CancellationToken.None)).Message.ShouldContain("no input '#2'");
    }

    [Fact]
    public async Task Bound_tensors_are_read_and_written_where_they_lie_run_after_run()
    {
        using var session = await _sessions.Store.AcquireAsync(_sessions.Adder("add.onnx", count: 3, weight: 10), CancellationToken.None);
        FloatTensor x = new(1, 3), y = new(1, 3);
        using var binding = session.Bind([("x", x)], [("y", y)]);
        for (var round = 0; round < 3; round++)
        {
            x.Values.AsSpan().Fill(round);
            binding.Run(CancellationToken.None);
            y.Values.ShouldBe([10f + round, 10 + round, 10 + round]);
        }

        Should.Throw<OperationCanceledException>(() => binding.Run(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_device_lets_one_run_in_after_the_other_in_the_order_they_came()
    {
        var queue = new DeviceQueue();
        List<int> order = [];
        var inside = 0;
        var first = queue.Enter(CancellationToken.None);
        List<Task> runs = [];
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            runs.Add(Task.Factory.StartNew(
                () =>
                {
                    using var turn = queue.Enter(CancellationToken.None);
                    Interlocked.Increment(ref inside).ShouldBe(1);
                    lock (order) order.Add(number);
                    Interlocked.Decrement(ref inside);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));
            await Eventually.BecomesTrueAsync(() => queue.Length == number + 1, "it waits");
        }

        order.ShouldBeEmpty();
        first.Dispose();
        await Task.WhenAll(runs);
        order.ShouldBe([0, 1, 2, 3, 4]);
        queue.Enter(CancellationToken.None).Dispose();
    }

    [Fact]
    public async Task A_run_that_is_cancelled_in_the_queue_leaves_its_place_to_the_next()
    {
        var queue = new DeviceQueue();
        var first = queue.Enter(CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var gone = Task.Run(() => queue.Enter(cancel.Token));
        await Eventually.BecomesTrueAsync(() => queue.Length == 1, "it waits");
        var next = Task.Run(() => queue.Enter(CancellationToken.None));
        await Eventually.BecomesTrueAsync(() => queue.Length == 2, "both wait");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(gone.SoonAsync());
        first.Dispose();
        (await next).Dispose();
        queue.Length.ShouldBe(0);
    }

    [Fact]
    public void Operators_that_run_elsewhere_than_wanted_are_named_after_the_first_run()
    {
        var path = new OnnxModelWriter().Input("x", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Weights("w", new float[3 * 3 * 9], 3, 3, 3, 3)
            .Conv("x", "w", "a").Conv("a", "w", "b").Transpose("b", "y", 0, 1, 3, 2).Save(_sessions.PathOf("watched.onnx"));
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        var watch = ProviderWatch.Begin(options, "CUDAExecutionProvider");
        using var session = new InferenceSession(path, options);
        Run(session);

        var strays = watch.End(session);

        strays.Select(stray => stray.ToString()).ShouldBe(["2 × Conv on CPUExecutionProvider", "1 × Transpose on CPUExecutionProvider"]);
        Run(session);
    }

    [Fact]
    public void Nothing_is_named_where_everything_runs_as_wanted_and_no_profile_is_left()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "studio-model-*").Length;
        var path = new OnnxModelWriter().Input("x", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Relu("x", "y").Save(_sessions.PathOf("relu.onnx"));
        using var options = new SessionOptions();
        var watch = ProviderWatch.Begin(options, "CPUExecutionProvider");
        using (var session = new InferenceSession(path, options))
        {
            Run(session);
            watch.End(session).ShouldBeEmpty();
        }

        using var unused = new SessionOptions();
        var abandoned = ProviderWatch.Begin(unused, "CPUExecutionProvider");
        new InferenceSession(path, unused).Dispose();
        abandoned.Abandon();
        Directory.GetFiles(Path.GetTempPath(), "studio-model-*").Length.ShouldBeLessThanOrEqualTo(before);
    }

    private static void Run(InferenceSession session)
    {
        using var x = OrtValue.CreateTensorValueFromMemory(new float[3 * 64], [1, 3, 8, 8]);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [x], ["y"]);
    }
}
